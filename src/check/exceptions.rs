//! 検査の例外: a finding that a person has looked at and accepts, with the reason, the day and who decided.

use super::Context;
use super::settings::{Field, Holds, Reader, is_one_of};
use super::values::wrong_type;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::How;
use crate::read::{Data, SourceFile, Span, Yaml};
use crate::rules;
use crate::wareki::CivilDate;

/// The key of `assessment.yaml`.
pub(crate) const KEY: &str = "検査の例外";

const RULE: &str = "検査";
const ITEM: &str = "項目";
const ROW: &str = "変更日";
const WORDING: &str = "記載";
const REASON: &str = "理由";
const DATE: &str = "日付";
const DECIDED_BY: &str = "判断した人";

pub(crate) const FIELDS: [Field; 7] = [
    Field {
        name: RULE,
        aliases: &["コード", "検査規則"],
        holds: Holds::Text,
        about: "認める指摘のコード（例: FORM-05）。",
    },
    Field {
        name: ITEM,
        aliases: &[],
        holds: Holds::Text,
        about: "指摘された項目。章・番号・項目名のとおりに書く（例: Ⅱ.3.⑧ 使用方法）。",
    },
    Field {
        name: ROW,
        aliases: &[],
        holds: Holds::Date,
        about: "変更箇所についての指摘なら、その行の変更日。",
    },
    Field {
        name: WORDING,
        aliases: &[],
        holds: Holds::Text,
        about: "一つの項目に同じ指摘が幾つもあるとき、指摘された語句。",
    },
    Field { name: REASON, aliases: &[], holds: Holds::Text, about: "認める理由。" },
    Field {
        name: DATE, aliases: &["判断日"], holds: Holds::Date, about: "認めると判断した日。"
    },
    Field {
        name: DECIDED_BY, aliases: &["判断者"], holds: Holds::Text, about: "判断した人（職名でよい）。"
    },
];

/// One 検査の例外 that is complete.
#[derive(Debug, Clone)]
pub(super) struct Exception {
    rule: Code,
    /// Instance path of the item; none for a finding that is about no item.
    path: Option<String>,
    /// 変更日 of the row, for a finding about 変更箇所.
    row: Option<CivilDate>,
    /// The wording that is found, where a rule finds several in one item.
    wording: Option<String>,
    /// Reason, day and who decided, in one line.
    reason: String,
    span: Span,
}

/// Whether a text is the key of 検査の例外 or one of those below it.
pub(super) fn knows_key(text: &str) -> bool {
    text == KEY || is_one_of(&FIELDS, text)
}

/// Reads 検査の例外. One that is incomplete silences nothing.
pub(super) fn read(context: &Context<'_>, value: &Yaml) -> (Vec<Exception>, Vec<Diagnostic>) {
    let items = match &value.data {
        Data::List(items) => items.as_slice(),
        Data::Null => &[],
        Data::Scalar(_) | Data::Map(_) => {
            let message = wrong_type("「- 」で始まる一覧", value);
            let help = format!(
                "一件ずつ「- {RULE}: …」で始め、{ITEM}、{REASON}、{DATE}、{DECIDED_BY}を書いてください。"
            );
            return (Vec::new(), vec![here(context.file, Code::WRONG_TYPE, value.span, message).help(help)]);
        }
    };
    let (mut exceptions, mut diagnostics) = (Vec::new(), Vec::new());
    for item in items {
        exceptions.extend(one(context, item, &mut diagnostics));
    }
    (exceptions, diagnostics)
}

fn one(context: &Context<'_>, item: &Yaml, diagnostics: &mut Vec<Diagnostic>) -> Option<Exception> {
    let Data::Map(entries) = &item.data else {
        let message = wrong_type("検査の例外の一件", item);
        let help = format!("「{RULE}」「{ITEM}」「{REASON}」「{DATE}」「{DECIDED_BY}」を書いてください。");
        diagnostics.push(here(context.file, Code::WRONG_TYPE, item.span, message).help(help));
        return None;
    };
    let first = entries.first().map_or(item.span, |(key, _)| key.span);
    let mut reader = Reader::of(context.file, entries.clone(), KEY, &FIELDS);
    let code = reader.text(RULE);
    let reference = reader.text(ITEM);
    let row = reader.date(ROW);
    let wording = reader.text(WORDING);
    let (reason, date, decided_by) = (reader.text(REASON), reader.date(DATE), reader.text(DECIDED_BY));
    let spans = [RULE, ITEM].map(|name| reader.span(name).unwrap_or(first));
    diagnostics.append(&mut reader.diagnostics);
    let written = [
        (RULE, code.is_some()),
        (REASON, reason.is_some()),
        (DATE, date.is_some()),
        (DECIDED_BY, decided_by.is_some()),
    ];
    let missing: Vec<_> = written.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let message = format!("検査の例外に「{}」がありません", missing.join("」「"));
        let help = "誰が、いつ、なぜ認めたかが残っていない例外は使いません。書き足してください。";
        diagnostics.push(here(context.file, Code::EXCEPTION_INCOMPLETE, first, message).help(help));
        return None;
    }
    let reason = format!("{}（{}、{}）", reason?, date?.wareki(), decided_by?);
    let rule = find_rule(context.file, &code?, spans[0], diagnostics)?;
    let path = match reference {
        Some(reference) => Some(find_item(context, &reference, spans[1], diagnostics)?),
        None => None,
    };
    Some(Exception { rule, path, row, wording, reason, span: first })
}

fn find_rule(file: &SourceFile, code: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> Option<Code> {
    let Some(rule) = rules::catalogue().find(code) else {
        let message = format!("「{code}」という検査はありません");
        let help = "指摘の［ ］の中のコードを書いてください。一覧は kohyo explain --all で表示します。";
        diagnostics.push(here(file, Code::EXCEPTION_INCOMPLETE, span, message).help(help));
        return None;
    };
    if !rule.exceptable {
        let message = format!("検査 {}（{}）は例外にできません", rule.code, rule.title);
        let help = format!(
            "この例外を消し、指摘された箇所を直してください。直し方は kohyo explain {} で表示します。",
            rule.code
        );
        diagnostics.push(here(file, Code::EXCEPTION_REFUSED, span, message).help(help));
        return None;
    }
    Some(rule.code())
}

fn find_item(
    context: &Context<'_>,
    reference: &str,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    if let Some(slot) = context.form.slot(reference) {
        return Some(context.answers.path(slot));
    }
    let resolution = context.form.resolve(reference, context.answers.files());
    if let Some(target) = resolution.target.filter(|_| resolution.how != Some(How::Fuzzy)) {
        return Some(context.answers.path(target.slot));
    }
    let message = format!("「{reference}」がどの項目か分かりません");
    let help = "指摘に示された章・番号・項目名のとおりに書いてください（例: Ⅱ.3.⑧ 使用方法）。";
    diagnostics.push(here(context.file, Code::EXCEPTION_INCOMPLETE, span, message).help(help));
    None
}

fn here(file: &SourceFile, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, file.path.clone(), message).at(file.place(span))
}

/// 検査の例外 of a document, ready to be applied.
#[derive(Debug, Clone, Default)]
pub struct Exceptions {
    all: Vec<(Exception, Diagnostic)>,
}

/// Findings after the exceptions: those that stand and those that are accepted.
#[derive(Debug, Default)]
pub struct Sorted {
    /// What is reported.
    pub standing: Vec<Diagnostic>,
    /// What a 検査の例外 accepts.
    pub accepted: Vec<Diagnostic>,
}

impl Exceptions {
    /// With each goes the finding that is made where it no longer applies.
    pub(super) fn new(exceptions: Vec<Exception>, file: &SourceFile) -> Self {
        let unused = |e: &Exception| {
            let message = format!("検査の例外（{}）に当たる指摘がありません", e.rule.id());
            here(file, Code::EXCEPTION_UNUSED, e.span, message).help("変更箇所への指摘なら、その行の「変更日」と、その行の「項目」を書いてください。").help(
                "指摘がなくなったのなら、この例外を消してください。項目や変更日の書き間違いでないかも確かめてください。",
            )
        };
        Self { all: exceptions.into_iter().map(|e| (unused(&e), e)).map(|(d, e)| (e, d)).collect() }
    }

    /// Takes out what is accepted. Each exception accepts exactly one finding; one that fits several accepts none.
    pub fn apply(&self, findings: Vec<Diagnostic>) -> Sorted {
        let mut accepted = vec![None; findings.len()];
        let mut own = Vec::new();
        for (exception, unused) in &self.all {
            let fits: Vec<_> = (0..findings.len()).filter(|at| exception.fits(&findings[*at])).collect();
            match fits.as_slice() {
                [] => own.push(unused.clone()),
                [only] => accepted[*only] = Some(exception.reason.clone()),
                several => own.push(ambiguous(unused, several.iter().map(|at| &findings[*at]))),
            }
        }
        let mut sorted = Sorted::default();
        for (mut finding, reason) in findings.into_iter().zip(accepted) {
            finding.accepted = reason;
            let pile = if finding.accepted.is_some() { &mut sorted.accepted } else { &mut sorted.standing };
            pile.push(finding);
        }
        sorted.standing.extend(own);
        sorted
    }
}

impl Exception {
    fn fits(&self, finding: &Diagnostic) -> bool {
        let of_row = finding.row.as_ref();
        let path = of_row
            .map_or_else(|| finding.item.as_ref().and_then(|i| i.path.as_deref()), |row| row.path.as_deref());
        let dated = |date: CivilDate| {
            of_row.and_then(|r| crate::wareki::parse(&r.date).ok()).is_some_and(|p| p.date == date)
        };
        finding.code == self.rule
            && path == self.path.as_deref()
            && self.row.map_or(of_row.is_none(), dated)
            && self.wording.as_deref().is_none_or(|wording| marked(finding) == Some(wording))
    }
}

/// The part of the line that a finding marks.
fn marked(finding: &Diagnostic) -> Option<&str> {
    let place = finding.place.as_ref()?;
    place.excerpt.get(place.marked.clone())
}

fn ambiguous<'d>(unused: &Diagnostic, fits: impl Iterator<Item = &'d Diagnostic>) -> Diagnostic {
    let fits: Vec<_> = fits.collect();
    let wordings: Vec<_> = fits.iter().filter_map(|d| marked(d)).map(|w| format!("「{w}」")).collect();
    let message = format!("この検査の例外は {} 件の指摘に当たります。どれも除きません", fits.len());
    let mut diagnostic = unused.clone();
    diagnostic.code = Code::EXCEPTION_INCOMPLETE;
    diagnostic.severity = Code::EXCEPTION_INCOMPLETE.severity();
    diagnostic.message = message;
    diagnostic.help = vec![format!(
        "一件ごとに例外を書き、「{WORDING}:」に指摘された語句を書いて区別してください: {}",
        wordings.join("、")
    )];
    diagnostic
}
