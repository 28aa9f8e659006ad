//! What goes wrong when a person writes a path: levels left out, words spelt otherwise, signs lost, numbers mistaken.

use kohyo::form::{Form, Slot};

use super::print::{Level, Part};
use super::style::Style;
use crate::dice::Dice;

/// Spellings that stand for each other in everyday writing.
const VARIANTS: [(&str, &str); 27] = [
    ("取扱い", "取り扱い"),
    ("取扱い", "取扱"),
    ("従業者", "従事者"),
    ("従業者", "職員"),
    ("及び", "および"),
    ("・", "、"),
    ("ユーザ認証", "ユーザー認証"),
    ("問合せ", "問い合わせ"),
    ("発効", "発行"),
    ("漏えい", "漏洩"),
    ("毀損", "き損"),
    ("紐付け", "ひも付け"),
    ("他のシステム", "他システム"),
    ("事務の内容", "事務内容"),
    ("ルールの内容", "ルール内容"),
    ("その他の措置", "その他措置"),
    ("具体的な", "具体的"),
    ("十分か", "十分か。"),
    ("等", "など"),
    ("使用", "利用"),
    ("に係る", "にかかる"),
    ("全ての", "すべての"),
    ("記録項目", "記載項目"),
    ("評価実施機関における", ""),
    ("特定個人情報の", "特定個人情報"),
    ("情報提供ネットワークシステム", "情報提供ＮＷシステム"),
    ("消去方法", "消去の方法"),
];

/// Shorter words are not damaged: nothing would be left of them.
const SHORTEST: usize = 4;

/// Leaves out a level in between, as a rule one without which the item is still the only one of its name.
pub(crate) fn leave_out(form: &Form, slot: Slot, parts: &mut Vec<Part>, dice: &mut Dice) {
    let node = form.node(slot.node);
    let may_go = |level: Level| matches!(level, Level::Circled | Level::Plain | Level::Risk);
    let inside = 1..parts.len().saturating_sub(1);
    let open: Vec<usize> = inside.filter(|i| may_go(parts[*i].level)).collect();
    if open.is_empty() || parts.last().is_some_and(|p| p.label.is_empty()) {
        return;
    }
    let sub = form.ancestry(slot.node)[1];
    let namesakes = form
        .nodes()
        .iter()
        .filter(|n| n.label == node.label && form.ancestry(n.ix).get(1).is_some_and(|s| s.ix == sub.ix))
        .count();
    if namesakes == 1 || dice.percent(4) {
        parts.remove(open[dice.roll(open.len())]);
    }
}

/// A title of a level above that is not written, or in other words.
pub(crate) fn title(parts: &mut [Part], style: Style, dice: &mut Dice) {
    if !style.is_long() {
        return;
    }
    let Some(part) = parts.iter_mut().find(|p| p.level == Level::Sub) else { return };
    if dice.percent(50) {
        part.label.clear();
    } else {
        damage(&mut part.label, dice);
    }
}

/// A word of the path in another spelling or with a slip of the pen.
pub(crate) fn label(form: &Form, parts: &mut [Part], dice: &mut Dice) {
    let open: Vec<usize> = (0..parts.len()).filter(|i| parts[*i].label.chars().count() >= SHORTEST).collect();
    if !open.is_empty() {
        // The last part is what the row is about, and it is damaged no less than its titles.
        let at = if dice.percent(50) { open[open.len() - 1] } else { open[dice.roll(open.len())] };
        let mut damaged = parts[at].label.clone();
        damage(&mut damaged, dice);
        // The name of another item is no slip: nobody could tell.
        if form.nodes().iter().all(|n| n.label != damaged) {
            parts[at].label = damaged;
        }
    }
}

fn damage(label: &mut String, dice: &mut Dice) {
    let variants: Vec<_> = VARIANTS.iter().filter(|(form, _)| label.contains(form)).collect();
    if !variants.is_empty() && dice.percent(60) {
        let (form, other) = variants[dice.roll(variants.len())];
        *label = label.replacen(form, other, 1);
        return;
    }
    let mut signs: Vec<char> = label.chars().collect();
    if signs.len() < SHORTEST {
        return;
    }
    let at = dice.roll(signs.len());
    match dice.roll(5) {
        0 => drop(signs.remove(at)),
        1 => signs[at] = dice.pick(&["の", "を", "的", "情", "者"]).chars().next().unwrap_or('の'),
        2 => signs.insert(at, 'の'),
        3 if at > 0 => signs.swap(at - 1, at),
        // The end is left off: 「…の提供」 for 「…の提供方法」.
        _ => {
            signs.truncate(signs.len() - 1 - dice.roll(signs.len().min(9) / 3));
            while signs.last().is_some_and(|c| "（・、の".contains(*c)) {
                signs.pop();
            }
        }
    }
    *label = signs.into_iter().collect();
}

/// A number one too high or too low, with the right words behind it.
pub(crate) fn number(parts: &mut [Part], dice: &mut Dice) {
    let named = |p: &Part| matches!(p.level, Level::Sub | Level::Circled) && !p.label.is_empty();
    let open: Vec<usize> = (0..parts.len()).filter(|i| named(&parts[*i])).collect();
    let Some(part) = open.get(dice.roll(open.len())).map(|i| &mut parts[*i]) else { return };
    let moved = |c: char| char::from_u32(u32::from(c) + 1).unwrap_or(c);
    part.mark = part.mark.chars().map(|c| if c == '9' || c == '⑩' { c } else { moved(c) }).collect();
}

/// 「（2）」 for 2 behind an entry, 「（8）」 for ⑧, as keyboards without such signs give them.
pub(crate) fn keyboard(parts: &mut [Part], dice: &mut Dice) {
    for part in parts.iter_mut() {
        if part.level == Level::Circled && !part.label.is_empty() {
            let sign = part.mark.chars().next().map_or(0, |c| u32::from(c) + 1 - u32::from('①'));
            part.mark = format!("({sign})");
        }
        if part.level == Level::Entry && dice.percent(50) {
            let words: String = part.mark.chars().filter(|c| !c.is_ascii_digit()).collect();
            let number: String = part.mark.chars().filter(char::is_ascii_digit).collect();
            part.mark = format!("{words}({number})");
        }
    }
}

/// A word to the reader behind the item.
pub(crate) fn remark(parts: &mut [Part], dice: &mut Dice) {
    const REMARKS: [&str; 8] =
        ["（追加）", "（新規）", "（削除）", "※詳細省略", "の一部", "欄", "（文言の整理）", "について"];
    if let Some(last) = parts.last_mut() {
        last.label.push_str(dice.pick(&REMARKS));
    }
}

/// What happens to the text as a whole.
pub(crate) fn text(text: &mut String, wraps: bool, dice: &mut Dice) {
    let signs: Vec<char> = text.chars().collect();
    if text.contains('<') {
        return;
    }
    if dice.percent(2) {
        *text = inserted(&signs, ' ', dice);
    }
    if wraps && dice.percent(50) {
        for _ in 0..=dice.roll(3) {
            let signs: Vec<char> = text.chars().collect();
            *text = inserted(&signs, '\n', dice);
        }
    }
}

fn inserted(signs: &[char], sign: char, dice: &mut Dice) -> String {
    let at = 1 + dice.roll(signs.len().max(2) - 1);
    let (before, after) = signs.split_at(at.min(signs.len()));
    before.iter().chain(std::iter::once(&sign)).chain(after).collect()
}
