//! 情報提供ネットワークシステム: whether it is used (Ⅰ) against how information is obtained and provided (Ⅱ) and the boxes 接続しない (Ⅲ).

use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Slot, fold};

const ROUTE: &str = "joho-teikyo-nws";
const MOST_RELATED: usize = 4;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(answer) = context.sole("network-use") else { return };
    match context.choice(answer) {
        Some(said @ ("実施しない" | "未定")) => unused(context, answer, said, found),
        Some("実施する") => {
            cut_off(context, answer, found);
            basis(context, found);
        }
        _ => {}
    }
}

/// 実施しない or 未定, but something says that there is a connection.
fn unused(context: &Context<'_>, answer: Slot, said: &str, found: &mut Vec<Diagnostic>) {
    let premise =
        if said == "未定" { "情報連携は「未定」な" } else { "情報連携を実施しない" };
    let flags: Vec<_> = ["no-obtain", "no-provide"]
        .iter()
        .flat_map(|role| context.places_of(role, Entries::NONE))
        .filter(|slot| context.flag(*slot) == Some(false))
        .collect();
    let routes: Vec<_> = ["obtain-method", "recipient-method"]
        .iter()
        .flat_map(|role| context.places_of(role, Entries::NONE))
        .filter(|slot| context.ticked(*slot, ROUTE) == Some(true))
        .collect();
    let label = |slot: &Slot| format!("「{}」", context.form.node(slot.node).label);
    let mut labels: Vec<_> = flags.iter().map(label).collect();
    labels.dedup();
    // What is not decided yet is only doubted where the network is in use.
    if said == "未定" && routes.is_empty() {
        return;
    }
    // The answer itself is the line to mend only where both kinds of places speak against it.
    let (primary, message) = match (flags.first(), routes.first()) {
        (None, None) => return,
        (Some(flag), None) => (*flag, format!("{premise}のに、{}に○がありません", labels.join("と"))),
        (None, Some(route)) => {
            (*route, format!("{premise}のに、「情報提供ネットワークシステム」が選ばれています"))
        }
        (Some(_), Some(_)) => {
            (answer, format!("情報連携は「{said}」とありますが、実施しているように書かれた箇所があります"))
        }
    };
    let mut diagnostic = context
        .at_value(Code::NETWORK_UNUSED, primary, message)
        .help("情報連携を実施するかどうかを確かめてください。実施するのなら答えを「実施する」に直し、実施しないのなら「接続しない」の両方に「はい」と書き、入手方法と提供方法から「情報提供ネットワークシステム」を外してください。");
    if primary != answer {
        diagnostic = context.with_item(diagnostic, answer, format!("ここでは「{said}」と書かれています"));
    }
    let notes = routes.iter().map(|slot| (*slot, "ここでは情報提供ネットワークシステムが選ばれています"));
    let notes = notes.chain(flags.iter().map(|slot| (*slot, "ここに○がありません")));
    for (slot, note) in
        notes.filter(|(slot, _)| *slot != primary && is_written(context, *slot)).take(MOST_RELATED)
    {
        diagnostic = context.with_item(diagnostic, slot, note);
    }
    found.push(diagnostic);
}

fn is_written(context: &Context<'_>, slot: Slot) -> bool {
    context.origins.contains_key(&slot)
}

/// The flags of a role, where it is ticked for every file: one file of several may do without the network.
fn ticked_everywhere(context: &Context<'_>, role: &str) -> Option<Vec<Slot>> {
    let flags = context.places_of(role, Entries::NONE);
    let all = !flags.is_empty() && flags.iter().all(|slot| context.flag(*slot) == Some(true));
    all.then_some(flags)
}

/// 実施する, but connected neither for obtaining nor for providing.
fn cut_off(context: &Context<'_>, answer: Slot, found: &mut Vec<Diagnostic>) {
    let both = ticked_everywhere(context, "no-obtain").zip(ticked_everywhere(context, "no-provide"));
    let Some((obtain, provide)) = both else { return };
    let Some(first) = obtain.first() else { return };
    let mut diagnostic = context
        .at_value(
            Code::NETWORK_CUT_OFF,
            *first,
            "情報連携を実施するのに、「接続しない」の入手と提供の両方に○があります",
        )
        .help("入手と提供のうち、実際に行うものの「接続しない」を「いいえ」に直してください。どちらも行わないのなら、情報連携は「実施しない」です。");
    diagnostic = context.with_item(diagnostic, answer, "ここでは実施すると書かれています");
    for slot in provide.iter().take(1) {
        diagnostic = context.with_item(diagnostic, *slot, "こちらにも○があります");
    }
    found.push(diagnostic);
}

/// 法令上の根拠 names the ground for obtaining or providing, but that box is ticked away.
fn basis(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(slot) = context.sole("network-basis") else { return };
    let Some(text) = context.text(slot) else { return };
    let obtain = ticked_everywhere(context, "no-obtain");
    let provide = ticked_everywhere(context, "no-provide");
    // Both together are a finding of their own.
    if obtain.is_some() && provide.is_some() {
        return;
    }
    for (flags, ground, what) in [(obtain, "情報照会の根拠", "入手"), (provide, "情報提供の根拠", "提供")]
    {
        let Some(flag) = flags.as_deref().and_then(<[Slot]>::first) else { continue };
        if !names_ground(context, text, ground) {
            continue;
        }
        let message = format!(
            "情報連携の法令上の根拠に「{ground}」がありますが、「{}」に○があります",
            context.form.node(flag.node).label
        );
        let diagnostic = context.at_value(Code::NETWORK_BASIS, *flag, message).help(format!(
            "情報提供ネットワークシステムを通じた{what}を行うかどうかを確かめ、「接続しない」か法令上の根拠を直してください。"
        ));
        found.push(context.with_item(diagnostic, slot, format!("ここに「{ground}」が書かれています")));
    }
}

/// Whether a ground is named and followed by something other than 「なし」.
fn names_ground(context: &Context<'_>, text: &str, ground: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| !fold(line).contains(ground));
    let Some(line) = lines.next() else { return false };
    let line = fold(line);
    let rest = line.split_once(ground).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    let rest = rest.trim_start_matches(|c: char| "】>)]」:・-".contains(c)).to_owned();
    let follows = if rest.is_empty() {
        lines
            .map(fold)
            .map(|l| l.trim_start_matches('・').to_owned())
            .find(|l| !l.is_empty())
            .unwrap_or_default()
    } else {
        rest
    };
    !follows.is_empty() && !context.form.is_not_applicable(&follows) && !follows.starts_with("なし")
}
