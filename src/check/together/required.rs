//! しきい値判断 against the documents that are there: which ones must be, and what they say about why.

use super::Pair;
use super::numbers::misnumbered;
use super::sets::Sets;
use crate::check::Brief;
use crate::check::rules::bands::Band;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Slot, fold};

/// What しきい値判断 can lead to, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Demand {
    Nothing,
    Base,
    Juten,
    Zenkomoku,
}

impl Demand {
    /// What an option of しきい値判断結果 or of 提出する評価書の種類 means.
    fn of_option(label: &str) -> Self {
        if label.contains("全項目評価") {
            Self::Zenkomoku
        } else if label.contains("重点項目評価") {
            Self::Juten
        } else if label.contains("基礎項目評価") {
            Self::Base
        } else {
            Self::Nothing
        }
    }

    /// What a document answers.
    fn of_document(brief: &Brief) -> Self {
        match brief.kind() {
            "zenkomoku" => Self::Zenkomoku,
            "juten" => Self::Juten,
            _ => Self::Base,
        }
    }

    /// 指針第5の2, from the numbers of people and whether there was a 重大事故.
    fn of_numbers(people: u64, is_raised: bool) -> Self {
        match (people, is_raised) {
            (..1_000, _) => Self::Nothing,
            (1_000..10_000, _) | (10_000..100_000, false) => Self::Base,
            (10_000..100_000, true) | (100_000..300_000, false) => Self::Juten,
            (100_000..300_000, true) | (300_000.., _) => Self::Zenkomoku,
        }
    }

    fn document(self) -> &'static str {
        match self {
            Self::Zenkomoku => "全項目評価書",
            Self::Juten => "重点項目評価書",
            Self::Base | Self::Nothing => "基礎項目評価書",
        }
    }
}

/// What the numbers of a 基礎項目評価書 lead to, with this 対象人数.
fn computed(base: &Brief, population: &str) -> Option<Demand> {
    let handlers = base.choice("handlers")? == "500人以上";
    let incident = base.choice("incident")? == "発生あり";
    Some(Demand::of_numbers(Band::of(population)?.from, handlers || incident))
}

/// Whether しきい値判断結果 follows from the numbers of the same document, with this 対象人数; also where that is not known. Where it
/// does not follow, THR-01 says so, and comparing it with other documents would say it twice.
pub(super) fn follows(base: &Brief, population: Option<&str>) -> bool {
    let result = base.choice("threshold-result").map(Demand::of_option);
    let expected = population.and_then(|p| computed(base, p));
    result.is_none() || expected.is_none() || result == expected
}

fn is_coherent(base: &Brief) -> bool {
    follows(base, base.choice("population"))
}

/// What しきい値判断結果 demands, where it can be relied on.
fn demanded(base: &Brief) -> Option<(Slot, Demand)> {
    let slot = base.sole("threshold-result")?;
    let demand = Demand::of_option(base.choice_in(slot)?);
    is_coherent(base).then_some((slot, demand))
}

/// Documents that are missing, and those that 提出する特定個人情報保護評価書の種類 does not name.
pub(super) fn check(sets: &Sets<'_>, found: &mut Vec<Diagnostic>) {
    let told = misnumbered(sets);
    for (base, own) in &sets.bases {
        let is_told = told.iter().any(|(_, other)| std::ptr::eq(*other, *base));
        let may_miss = !sets.is_doubtful(base) && !is_told;
        let missing = demanded(base).and_then(|(at, demand)| {
            let is_there = own.iter().any(|d| Demand::of_document(d) >= demand);
            (demand > Demand::Base && !is_there).then_some((at, demand))
        });
        if let Some((at, demand)) = missing
            && may_miss
        {
            found.push(not_there(base, at, demand, own));
        }
        let named = submitted(base, own, may_miss);
        found.extend(
            named.filter(|(_, wanted)| missing.is_none_or(|(_, demand)| *wanted != demand)).map(|n| n.0),
        );
    }
    for higher in &sets.orphans {
        let is_told = told.iter().any(|(other, _)| std::ptr::eq(*other, *higher));
        // What has no 公表日 yet is being written: its companion may still come.
        if !sets.is_doubtful(higher) && !is_told && higher.published.is_some() {
            found.extend(without_base(higher, sets.has_bases));
        }
    }
}

fn not_there(base: &Brief, at: Slot, demand: Demand, own: &[&Brief]) -> Diagnostic {
    let document = demand.document();
    let message = format!(
        "{}の実施が義務付けられるのに、評価書番号「{}」の{document}がありません",
        document.trim_end_matches('書'),
        base.number
    );
    let mut finding = base.finding(Code::DOCUMENT_MISSING, at, message).help(format!(
        "{document}のフォルダを加えるか、しきい値判断の項目（対象人数・取扱者数・重大事故）を確かめてください。"
    ));
    for other in own {
        if let Some(number) = other.sole("number") {
            finding = other.also(finding, number, format!("この番号にあるのは{}です", other.form_name()));
        }
    }
    finding
}

fn without_base(higher: &Brief, has_bases: bool) -> Option<Diagnostic> {
    let at = higher.sole("number")?;
    let title = higher.form_name();
    let message = format!("この{title}と同じ評価書番号「{}」の基礎項目評価書がありません", higher.number);
    let finding = higher.finding(Code::DOCUMENT_MISSING, at, message);
    Some(if has_bases {
        finding.help(format!("{title}を公表する事務にも、基礎項目評価書が要ります。フォルダを加えるか、評価書番号を確かめてください。"))
    } else {
        finding
            .weighing(Severity::Info)
            .help("基礎項目評価書は、この団体のフォルダに一つもありません。ほかの場所で公表しているのなら、このままで構いません。")
    })
}

/// 提出する特定個人情報保護評価書の種類 against what is there, with the document that it names.
fn submitted(base: &Brief, own: &[&Brief], may_miss: bool) -> Option<(Diagnostic, Demand)> {
    let at = base.sole("submitted-kinds")?;
    let label = base.choice_in(at)?;
    let wanted = Demand::of_option(label);
    let surplus: Vec<_> = own.iter().filter(|d| Demand::of_document(d) != wanted).collect();
    let is_there = wanted == Demand::Base || own.iter().any(|d| Demand::of_document(d) == wanted);
    if (is_there && surplus.is_empty()) || (surplus.is_empty() && !may_miss) {
        return None;
    }
    let message = match surplus.first() {
        Some(other) => format!("「{label}」とありますが、この評価書番号には{}があります", other.form_name()),
        None => format!(
            "「{label}」とありますが、評価書番号「{}」の{}がありません",
            base.number,
            wanted.document()
        ),
    };
    let help = match surplus.first() {
        Some(_) => "提出して公表する評価書の組合せと同じ選択肢にしてください。",
        None => "評価書のフォルダを加えるか、実際に提出する種類を選んでください。",
    };
    let mut finding = base.finding(Code::SUBMITTED_KINDS, at, message).help(help);
    for other in surplus {
        if let Some(number) = other.sole("number") {
            finding = other.also(finding, number, format!("ここに{}があります", other.form_name()));
        }
    }
    Some((finding, wanted))
}

/// しきい値判断結果 of 重点 or 全項目評価書 against that of the 基礎項目評価書.
pub(super) fn compare(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(other_result(*pair));
}

fn other_result(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let (result_at, _) = demanded(base)?;
    let result = base.choice_in(result_at)?;
    let at = higher.sole("threshold")?;
    let written = higher.choice_in(at)?;
    // The options of 重点 and 全項目評価書 are those of 基礎項目評価書, with 「（任意に…を実施）」 where no more than that is demanded.
    let without_note = |label: &str| fold(label.split('（').next().unwrap_or(label));
    let options = higher.form.options(higher.form.node(at.node));
    let expected = &options.iter().find(|o| without_note(&o.label) == without_note(result))?.label;
    if expected == written {
        return None;
    }
    let (code, help) = if expected.contains("任意に") {
        (
            Code::VOLUNTARY_OPTION,
            format!(
                "義務付けられていない{}を作っているときは、「任意に…」の選択肢を選びます。",
                higher.form_name()
            ),
        )
    } else {
        (
            Code::RESULT_DIFFERS,
            "しきい値判断は一つです。どちらが正しいかを確かめ、そろえてください。".to_owned(),
        )
    };
    let message = format!("基礎項目評価書のしきい値判断結果は「{result}」ですが、「{written}」とあります");
    let finding = higher.finding(code, at, message).expected(expected.clone()).help(help);
    Some(base.also(finding, result_at, "基礎項目評価書のしきい値判断結果"))
}
