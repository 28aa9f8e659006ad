//! Which option a cell chooses: the printed list of options must not be taken for the answer.

use super::scan::{Run, Span, Words, option_heading_at, option_number_at, says_nothing};
use crate::form::{Choice, fold};

/// What a cell says about a choice.
#[derive(Debug, Default)]
pub(super) struct ChoiceReading {
    /// Place of the chosen option in the list.
    pub(super) chosen: Option<usize>,
    /// Why the reading is to be looked at.
    pub(super) doubt: Option<&'static str>,
    /// What is neither option nor print, in order.
    pub(super) rest: Vec<Span>,
}

struct Found {
    option: usize,
    numbered: bool,
    bracketed: bool,
    ticked: Option<bool>,
}

/// Reads a choice. `printed` are words that the form prints around the answer.
pub(super) fn read(run: &Run, options: &[Choice], heading: &str, printed: Option<&str>) -> ChoiceReading {
    let mut found = Vec::new();
    let rest = scan(run, options, heading, printed, &mut found);
    let (chosen, doubt) = decide(&found, options.len());
    let rest = without_damaged_options(run, rest, options, &found);
    ChoiceReading { chosen, doubt, rest }
}

/// Whether the words are nothing but a piece of the printed list: its heading, numbered options.
pub(super) fn is_list(run: &Run, options: &[Choice], heading: &str) -> bool {
    let mut found = Vec::new();
    let rest = scan(run, options, heading, None, &mut found);
    let has_heading = (0..run.len()).any(|at| option_heading_at(run, at, heading).is_some());
    let own = found.iter().all(|f| f.numbered && !f.bracketed && f.ticked.is_none());
    own && rest.is_empty() && (has_heading || !found.is_empty())
}

fn scan(
    run: &Run,
    options: &[Choice],
    heading: &str,
    printed: Option<&str>,
    found: &mut Vec<Found>,
) -> Vec<Span> {
    let spelled = options.iter().enumerate();
    let words = Words::new(spelled.flat_map(|(id, o)| {
        std::iter::once(&o.label).chain(&o.aliases).map(move |label| (label.as_str(), id))
    }));
    let passage: Vec<char> = fold(printed.unwrap_or_default()).chars().collect();
    let (mut rest, mut ticked, mut bracketed) = (Vec::new(), None, false);
    let mut at = 0;
    while at < run.len() {
        if let Some(length) = option_heading_at(run, at, heading) {
            at += length;
            continue;
        }
        if run.has(at, &passage) {
            at += passage.len();
            continue;
        }
        if let Some((state, length)) = run.box_at(at) {
            ticked = Some(state);
            at += length;
            continue;
        }
        let number = option_number_at(run, at).filter(|n| words.at(run, at + n).is_some());
        let start = at + number.unwrap_or(0);
        if let Some((option, length)) = words.at(run, start) {
            // 「○」 may stand before an option without any box around it.
            let bare_tick = at > 0 && matches!(run.at(at - 1), Some('○' | '●' | '◎'));
            let ticked = ticked.take().or(bare_tick.then_some(true));
            found.push(Found { option, numbered: number.is_some(), bracketed, ticked });
            bracketed = false;
            at = start + length;
            at += usize::from(run.at(at) == Some('.'));
            continue;
        }
        bracketed = run.at(at) == Some('[');
        ticked = ticked.filter(|_| run.at(at) == Some('['));
        push(&mut rest, at);
        at += 1;
    }
    rest.retain(|span| !says_nothing(&run.text(*span)));
    rest
}

fn push(rest: &mut Vec<Span>, at: usize) {
    match rest.last_mut() {
        Some(span) if span.to == at => span.to = at + 1,
        _ => rest.push(Span { from: at, to: at + 1 }),
    }
}

fn decide(found: &[Found], options: usize) -> (Option<usize>, Option<&'static str>) {
    let one = |test: &dyn Fn(&Found) -> bool| {
        let mut chosen: Vec<usize> = found.iter().filter(|f| test(f)).map(|f| f.option).collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    };
    let ticked = one(&|f| f.ticked == Some(true));
    if let [option] = ticked.as_slice() {
        return (Some(*option), None);
    }
    if ticked.len() > 1 {
        return (None, Some("二つ以上の選択肢に印があります。"));
    }
    let bracketed = one(&|f| f.bracketed && !f.numbered);
    if let [option] = bracketed.as_slice() {
        return (Some(*option), None);
    }
    let bare = one(&|f| !f.numbered);
    let has_list = found.iter().any(|f| f.numbered);
    match bare.as_slice() {
        [option] => {
            let boxed = found.iter().any(|f| !f.numbered && f.ticked == Some(false));
            let doubt = "答えの前の括弧が崩れています。選択肢一覧の外に書かれた語を答えとしました。";
            (Some(*option), boxed.then_some(doubt))
        }
        [] => match one(&|f| f.numbered).as_slice() {
            [option] if options > 1 => {
                (Some(*option), Some("番号付きの選択肢が一つだけ書かれています。それを答えとしました。"))
            }
            _ => (None, None),
        },
        _ if has_list => (None, Some("選択肢一覧の外に二つ以上の選択肢が書かれています。")),
        _ => (None, Some("選択肢が並んでいますが、どれを選んだか分かりません。")),
    }
}

/// Takes printed options out of the rest that the transcription damaged: a number and words like an option.
fn without_damaged_options(run: &Run, rest: Vec<Span>, options: &[Choice], found: &[Found]) -> Vec<Span> {
    if !found.iter().any(|f| f.numbered) {
        return rest;
    }
    let is_damaged = |span: &Span| {
        let Some(number) = option_number_at(run, span.from) else { return false };
        let words = fold(&run.text(Span { from: span.from + number, to: span.to }));
        let near = |o: &Choice| strsim::normalized_damerau_levenshtein(&words, &fold(&o.label)) >= 0.6;
        options.iter().any(near)
    };
    rest.into_iter().filter(|span| !is_damaged(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::Cell;

    fn chosen(text: &str) -> (Option<String>, bool, Vec<String>) {
        let option = |label: &str| Choice::new(label.to_owned(), Vec::new());
        let options = ["1年", "1年未満", "10年以上（永久）", "行っている", "行っていない"].map(option);
        let run = Run::of([&Cell::read(text, 1)]);
        let reading = read(&run, &options, "＜選択肢＞", None);
        let rest = reading.rest.iter().map(|s| run.text(*s)).collect();
        (reading.chosen.map(|o| options[o].label.clone()), reading.doubt.is_some(), rest)
    }

    #[track_caller]
    fn check(text: &str, label: &str) {
        assert_eq!(chosen(text), (Some(label.to_owned()), false, vec![]));
    }

    #[test]
    fn brackets_ticks_and_bare_words() {
        check("[ 1年 ] <選択肢> 1) 1年未満 2) 1年 3) 10年以上(永久)", "1年");
        check("<選択肢> 1) 1年未満 2) 1年 [１０年以上（永久）]", "10年以上（永久）");
        check("行っていない", "行っていない");
        check("☐ 1) 行っている ☑ 2) 行っていない", "行っていない");
        check("○行っている 行っていない", "行っている");
        check("[○] 行っている [ ] 行っていない", "行っている");
    }

    #[test]
    fn a_list_alone_is_no_answer() {
        assert_eq!(chosen("[ ] &lt;選択肢&gt; 1) 1年未満 2) 1年").0, None);
        assert_eq!(chosen("行っている 行っていない").0, None);
        assert_eq!(chosen("[ ] ] <選択肢> 1) 行っている 2) 行っていない"), (None, false, vec![]));
    }

    #[test]
    fn doubtful_and_additional_words() {
        let broken = "<input type=\"checkbox\"/> 行っている ] <選択肢> 1) 行っている 2) 行っていない";
        assert_eq!(chosen(broken), (Some("行っている".to_owned()), true, vec![]));
        assert_eq!(chosen("[1年] ( 3 ) 件").2, ["] ( 3 ) 件"]);
        assert_eq!(chosen("適宜").2, ["適宜"]);
        assert_eq!(chosen("[1年] <選択肢> 1) 一年未満 2) 1年").2, Vec::<String>::new());
    }
}
