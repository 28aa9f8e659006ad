//! 評価書番号 across documents: one 事務 has one number, and one number has one document of each form.

use std::collections::BTreeMap;

use super::sets::{Sets, same_agency, task};
use crate::check::Brief;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(sets: &Sets<'_>, found: &mut Vec<Diagnostic>) {
    for (brief, first) in &sets.repeated {
        found.extend(repeated(brief, first));
    }
    for (higher, base) in misnumbered(sets) {
        found.extend(other_number(higher, base));
    }
}

/// 重点 and 全項目評価書 whose 基礎項目評価書 has another number: neither has a partner under its own, and the 事務 is the same.
pub(super) fn misnumbered<'b>(sets: &Sets<'b>) -> Vec<(&'b Brief, &'b Brief)> {
    let mut alone: BTreeMap<String, Vec<&Brief>> = BTreeMap::new();
    for (base, own) in &sets.bases {
        if own.is_empty()
            && let Some(name) = task(base)
        {
            alone.entry(name).or_default().push(base);
        }
    }
    let partner = |higher: &&'b Brief| {
        let bases = alone.get(&task(higher)?)?;
        bases.iter().find(|base| same_agency(base, higher)).map(|base| (*higher, *base))
    };
    sets.orphans.iter().filter_map(partner).collect()
}

fn repeated(brief: &Brief, first: &Brief) -> Option<Diagnostic> {
    let at = brief.sole("number")?;
    let message = format!(
        "評価書番号「{}」の{}が、フォルダ「{}」にもあります",
        brief.number,
        brief.form_name(),
        first.dir
    );
    let finding = brief
        .finding(Code::NUMBER_REPEATED, at, message)
        .help("評価書番号は、評価実施機関の中で事務ごとに一つです。計画管理書を見て、どちらかの番号を直してください。")
        .help("同じ評価書の古い版なら、フォルダの名前の先頭に「_」を付けると読み飛ばします。");
    Some(first.also(finding, first.sole("number")?, "ここにも同じ番号があります"))
}

fn other_number(higher: &Brief, base: &Brief) -> Option<Diagnostic> {
    let at = higher.sole("number")?;
    let message = format!(
        "評価書番号が「{}」ですが、同じ事務の基礎項目評価書では「{}」です",
        higher.number, base.number
    );
    let finding = higher
        .finding(Code::NUMBER_DIFFERS, at, message)
        .expected(base.number.clone())
        .help("計画管理書の番号を確かめ、違う方の評価書番号とフォルダの名前を直してください。");
    let finding = base.also(finding, base.sole("number")?, format!("ここでは「{}」です", base.number));
    let name = higher.sole("task-name")?;
    Some(higher.also(finding, name, "事務の名称は、基礎項目評価書と同じです"))
}
