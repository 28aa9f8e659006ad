//! Changes with the same cause: 100,000 changes of 1,000 documents in 100 municipalities.

use std::fmt::Write;

use kohyo::assessment::{Administration, Answers, Assessment, Change, ItemRef};
use kohyo::form::Form;
use kohyo::history::{AssessmentDigest, Causes, Novelty, Shelf, Timeline};
use kohyo::wareki::CivilDate;

const MUNICIPALITIES: usize = 100;
const DOCUMENTS: usize = 10;
const CHANGES: usize = 100;

const WORDS: [&str; 12] = [
    "窓口で受け付けた申請書を",
    "権限のある職員が二人で",
    "専用の回線を通じて",
    "鍵のかかる書庫に納め",
    "毎月一回の点検で",
    "国の基盤から受け取った記録を",
    "本人の同意を得たうえで",
    "委託した事業者の端末から",
    "番号を伏せた一覧として",
    "期限を過ぎたものは",
    "異動の日に速やかに",
    "記録簿に書き留めてから",
];
const REASONS: [&str; 5] = [
    "経過照会システムの利用終了に伴う削除",
    "組織改正",
    "軽微な変更",
    "",
    "標準準拠システムへの移行に伴う変更",
];

fn main() {
    divan::main();
}

/// Three of ten texts are shared by all municipalities, with a word or two of their own; the others are nobody else's.
fn text(document: usize, change: usize) -> String {
    let is_shared = change % 10 < 3;
    let seed = if is_shared { change * 7919 } else { (document * CHANGES + change) * 104_729 };
    let mut at = seed;
    let mut text = String::new();
    for part in 0..14 {
        at = at.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
        text.push_str(WORDS[(at >> 8) % WORDS.len()]);
        if !is_shared {
            text.extend((0..6).filter_map(|sign| char::from_u32(0x4e00 + ((at_u32(at) >> sign) % 2000))));
        } else if part % 5 == 0 {
            let _ = write!(text, "第{}様式により", (at >> 4) % 9973);
        }
    }
    text
}

fn at_u32(at: usize) -> u32 {
    u32::try_from(at).unwrap_or_default()
}

fn digest(document: usize) -> AssessmentDigest {
    let form = Form::all().first().expect("there are forms");
    let date = |change: usize| {
        let year = 2020 + i16::try_from((document + change / 25) % 6).unwrap_or(0);
        CivilDate::from_ymd(year, 4, 1)
    };
    let change = |change: usize| Change {
        date: date(change),
        date_text: String::new(),
        item: ItemRef { text: "項目".to_owned(), slot: None },
        before: String::new(),
        after: text(document, change),
        timing: "事後".to_owned(),
        explanation: REASONS[(change / 25 + document) % REASONS.len()].to_owned(),
        judgement: kohyo::assessment::Judgement::default(),
    };
    let assessment = Assessment {
        dir: format!("{}-keisoku", document % DOCUMENTS + 1),
        number: "1".to_owned(),
        title: "計測".to_owned(),
        published: None,
        answers: Answers::new(form),
        changes: (0..CHANGES).map(change).collect(),
        administration: Administration::default(),
    };
    AssessmentDigest::of(&assessment, &Timeline::of(&assessment))
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn group_100_000_changes(bencher: divan::Bencher<'_, '_>) {
    let digests: Vec<_> = (0..MUNICIPALITIES * DOCUMENTS).map(digest).collect();
    let codes: Vec<String> = (0..MUNICIPALITIES).map(|at| format!("{at:06}")).collect();
    let shelf = |(code, documents): (&'_ String, &[AssessmentDigest])| (code.clone(), documents.to_vec());
    let owned: Vec<_> = codes.iter().zip(digests.chunks(DOCUMENTS)).map(shelf).collect();
    let shelves: Vec<Shelf<'_>> = owned
        .iter()
        .map(|(code, documents)| Shelf { code, name: "計測町", documents: documents.iter().collect() })
        .collect();
    bencher.counter(divan::counter::ItemsCount::new(digests.len() * CHANGES)).bench(|| Causes::of(&shelves));
}

/// What each change costs when its document is read.
#[divan::bench]
fn sketch_one_change(bencher: divan::Bencher<'_, '_>) {
    let (before, after) = (text(1, 4), text(2, 5));
    bencher.bench(|| Novelty::of(&before, &after));
}
