//! 表紙: number, agency, declaration, edition (NUM).

use std::sync::Arc;

use super::{edition_month, with_published};
use crate::check::Context;
use crate::check::administration::JOINT_AGENCIES;
use crate::check::values::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Form, Need, fold};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(number(context));
    found.extend(agency(context));
    found.extend(joint_agencies(context));
    found.extend(declaration(context));
    found.extend(plan(context));
    found.extend(edition(context));
}

/// 評価書番号 is usually a number (NUM-04).
fn number(context: &Context<'_>) -> Option<Diagnostic> {
    let slot = context.sole("number")?;
    let number = context.text(slot)?.trim();
    if fold(number).bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let message = format!("評価書番号「{number}」に、数字でない文字があります");
    let help = "計画管理書の評価書番号と同じかを確かめてください。同じなら、このままで構いません。";
    Some(context.at_value(Code::NUMBER_FORM, slot, message).help(help))
}

/// 評価実施機関名 is one of those of the municipality (NUM-05).
fn agency(context: &Context<'_>) -> Option<Diagnostic> {
    let municipality = context.surroundings.municipality.filter(|m| !m.authorities.is_empty())?;
    let slot = context.sole("agency")?;
    let known = |name: &str| {
        let name = fold(name);
        let short = name.strip_prefix(&fold(&municipality.prefecture)).unwrap_or(&name);
        municipality.authorities.iter().map(|a| fold(a)).any(|a| a == name || a == short)
    };
    let mut names = context.text(slot)?.lines().map(str::trim).filter(|line| !line.is_empty());
    let unknown = names.find(|name| !known(name))?;
    let all: Vec<_> = municipality.authorities.iter().map(String::as_str).collect();
    let message = format!("評価実施機関「{unknown}」は、自治体の設定にありません");
    let mut diagnostic = context
        .at_value(Code::UNKNOWN_AGENCY, slot, message)
        .expected(format!("登録されている評価実施機関: {}", all.join("、")))
        .help("名前を確かめてください。正しければ、municipality.yaml の「評価実施機関」（authorities）に書き足してください。");
    diagnostic.suggestion = nearest(unknown, &all).map(str::to_owned);
    Some(diagnostic)
}

/// Every agency that takes part is named (NUM-06).
fn joint_agencies(context: &Context<'_>) -> Option<Diagnostic> {
    let joint = &context.administered.facts.joint_agencies;
    let slot = context.sole("other-agencies")?;
    let written = context.text(slot);
    // An item that must not be empty is another rule's finding.
    if written.is_none() && (context.need(slot) == Need::Required || context.is_excused(slot)) {
        return None;
    }
    let written = fold(written.unwrap_or_default());
    let missing: Vec<_> = joint.iter().map(String::as_str).filter(|a| !written.contains(&fold(a))).collect();
    if missing.is_empty() {
        return None;
    }
    let names = missing.join("」「");
    let message =
        format!("共同で実施する「{names}」が、「{}」に書かれていません", context.form.node(slot.node).label);
    let diagnostic = context
        .at_value(Code::JOINT_AGENCY, slot, message)
        .help("取りまとめる評価実施機関のほかは、全ての評価実施機関の名前をここに書きます。");
    Some(context.with_fact(diagnostic, JOINT_AGENCIES, "管理情報の共同で実施する評価実施機関"))
}

/// The declaration says who declares (NUM-07).
fn declaration(context: &Context<'_>) -> Option<Diagnostic> {
    const DECLARES: &str = "宣言";
    let slot = context.sole("declaration")?;
    let text = fold(context.text(slot)?);
    let agency = context.sole("agency").and_then(|slot| context.text(slot)).unwrap_or_default();
    let name = context.surroundings.municipality.map(|m| m.name.as_str());
    let message = if text.contains(DECLARES) {
        if names_subject(&text, agency, name) {
            return None;
        }
        let who = name.map_or_else(|| "自治体".to_owned(), |name| format!("「{name}」"));
        format!("宣言の文に、{who}や評価実施機関の名前がありません")
    } else {
        format!("個人のプライバシー等の権利利益の保護を「{DECLARES}」する文になっていません")
    };
    let help = "「○○市は、…を宣言する。」のように、評価実施機関を主語にした宣言を書いてください。";
    Some(context.at_value(Code::DECLARATION, slot, message).help(help))
}

/// Whether a folded text names the municipality or the agency, with or without its head, or means it by 本市 and the like.
fn names_subject(text: &str, agency: &str, municipality: Option<&str>) -> bool {
    const OWN: [&str; 2] = ["本", "当"];
    const BODIES: [&str; 10] = ["都", "道", "府", "県", "市", "区", "町", "村", "組合", "広域連合"];
    const HEADS: [&str; 4] = ["理事長", "企業長", "長", "知事"];
    let agency = fold(agency);
    let body = HEADS.iter().find_map(|head| agency.strip_suffix(head)).unwrap_or(&agency);
    let named = |name: &str| !name.is_empty() && text.contains(name);
    let by_own = || BODIES.iter().any(|body| OWN.iter().any(|own| text.contains(&format!("{own}{body}"))));
    named(body) || municipality.is_some_and(|name| named(&fold(name))) || by_own()
}

/// 計画管理書 is not published (NUM-08).
fn plan(context: &Context<'_>) -> Option<Diagnostic> {
    let is_plan = |name: &&String| {
        let folded = fold(name).to_lowercase();
        folded.contains("計画管理書") || folded.replace(['_', '-', ' '], "").contains("keikakukanri")
    };
    let name = context.source.attachments.iter().find(is_plan)?;
    let folder = context.file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let path: Arc<str> = format!("{folder}/{name}").trim_start_matches('/').into();
    let message = "計画管理書と思われるファイルが、評価書のフォルダにあります";
    let help = "計画管理書は委員会に提出するもので、公表するものではありません。名前の先頭に「_」を付けたフォルダか、このフォルダの外に移してください。";
    Some(Diagnostic::new(Code::PLAN_ATTACHED, path, message).help(help))
}

/// No newer edition of the form was in force on 公表日 (NUM-09).
fn edition(context: &Context<'_>) -> Option<Diagnostic> {
    let published = context.published()?;
    let used = edition_month(context.form)?;
    let in_force = |form: &&Form| {
        edition_month(form).is_some_and(|month| used.is_before(month) && !published.is_before(month))
    };
    let newer = Form::named(&context.form.head.short_title).into_iter().find(in_force)?;
    let message = format!(
        "公表日（{}）には、{}の新しい様式［{}］があります。ここでは［{}］です",
        published.wareki(),
        newer.head.short_title,
        newer.head.edition,
        context.form.head.edition
    );
    let span = context.edition.unwrap_or_default();
    let diagnostic = Diagnostic::new(Code::OLD_EDITION, context.file.path.clone(), message)
        .at(context.file.place(span))
        .expected(format!("{}の様式", newer.head.edition))
        .help("経過措置で古い様式を使えるかを、個人情報保護委員会の案内で確かめてください。使えなければ、新しい様式に書き改めます。");
    Some(with_published(context, diagnostic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_declaration_may_be_short() {
        let names = |text: &str, agency: &str| names_subject(&fold(text), agency, Some("みほん市"));
        assert!(names("みほん市は、宣言する。", "みほん市長"));
        assert!(names("みほん市教育委員会は、宣言する。", "みほん市教育委員会"));
        assert!(names("本市は、宣言する。", "みほん市長"));
        assert!(names("ほくぶ広域連合は、宣言する。", "ほくぶ広域連合長"));
        assert!(names("東京都は、宣言する。", "東京都知事"));
        assert!(!names("ためし町は、宣言する。", "みほん市長"));
        assert!(!names("個人番号を適切に扱うことを宣言する。", ""));
    }
}
