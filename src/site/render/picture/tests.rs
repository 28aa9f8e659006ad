//! The drawing is read back and compared with the table and with the counts.

use std::collections::BTreeMap;

use super::*;
use crate::history::{GridRow, Source};
use crate::wareki::CivilDate;

/// A page of the picture alone.
#[derive(Serialize)]
struct Page<'a> {
    view: PageView<'a>,
}

#[derive(Serialize)]
struct PageView<'a> {
    picture: Option<PictureView<'a>>,
}

const FORMS: [&str; 2] = ["zenkomoku-h30-05", "kiso-r06-10"];

fn forms(count: usize) -> Vec<&'static Form> {
    FORMS.iter().take(count).map(|id| Form::with_id(id).unwrap()).collect()
}

fn html(grid: &Grid, forms: &[&'static Form]) -> String {
    let theme = Theme::load(&[]).unwrap();
    let href = |cell: &Cell| format!("2022/?b&c=\"{}\"#c-{}", cell.first.document, cell.first.change);
    let picture = picture(&Subject { theme: &theme, grid, forms, href: &href });
    // Quotes of attributes are not what is tested, and the minifier may take some away.
    theme.fill("picture.html", &Page { view: PageView { picture } }, 0).unwrap()
}

fn cell(change: usize, tally: (usize, usize, usize)) -> Cell {
    let (count, important, prior) = tally;
    let first = Source { document: 0, change };
    Cell { tally: Tally { count, important, prior }, first, date: None, is_one_document: true }
}

fn row(date: Option<CivilDate>, cells: &[Option<Cell>]) -> GridRow {
    GridRow { date, cells: cells.to_vec() }
}

/// Three rows over three chapters.
fn small() -> Grid {
    Grid {
        grain: Grain::Day,
        chapters: vec![Chapter::Cover("表紙"), Chapter::Numbered("Ⅱ"), Chapter::Unclear],
        rows: vec![
            row(
                CivilDate::from_ymd(2022, 6, 17),
                &[Some(cell(7, (151, 20, 3))), Some(cell(9, (1, 0, 0))), None],
            ),
            row(CivilDate::from_year(2022), &[None, Some(cell(3, (12, 12, 0))), None]),
            row(None, &[None, None, Some(cell(1, (2, 0, 1)))]),
        ],
    }
}

/// Dates of many years with changes in every chapter of the form.
fn large(grain: Grain, rows: usize) -> Grid {
    let form = forms(1)[0];
    let mut chapters: Vec<_> = form.sections().map(|section| Chapter::of(form, section)).collect();
    chapters.push(Chapter::Unclear);
    chapters.sort();
    chapters.dedup();
    let row_of = |at: usize| {
        let year = 2026 - i16::try_from(at / 12).unwrap();
        let date = CivilDate::from_ymd(year, 12 - u8::try_from(at % 12).unwrap(), 28);
        let cells = (0..chapters.len()).map(|column| {
            let count = (at * 31 + column * 17) % 200;
            (count % 7 > 4).then(|| cell(at, (count, count / 2, count / 3)))
        });
        GridRow { date, cells: cells.collect() }
    };
    let rows = (0..rows).map(row_of).collect();
    Grid { grain, chapters, rows }
}

/// The text between two marks, for each place where they stand.
fn all_between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).map(|rest| rest.split(close).next().unwrap()).collect()
}

/// A text without its tags.
fn plain(html: &str) -> String {
    let parts = html.split('<').enumerate();
    let texts = parts.map(|(at, part)| if at == 0 { part } else { part.split_once('>').map_or("", |p| p.1) });
    texts.collect::<String>().trim().to_owned()
}

/// What the names of the links say: date and chapter to numbers. The number in sight must be the one in the name.
fn drawn(html: &str) -> BTreeMap<(String, String), [usize; 3]> {
    let drawing = html.split("<details").next().unwrap();
    let links = all_between(drawing, "<a href=", "</a>").into_iter().filter(|link| link.contains("<title>"));
    links
        .map(|link| {
            let name = all_between(link, "<title>", "</title>")[0];
            let shown = plain(link.rsplit("<text").next().unwrap().split_once('>').unwrap().1);
            let (place, numbers) = name.rsplit_once(' ').unwrap();
            let (date, chapter) = place.split_once(' ').unwrap();
            let number = |before: &str| {
                let rest = numbers.split_once(before).map_or("0", |(_, rest)| rest);
                rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
            };
            assert!(numbers.starts_with(&format!("{shown}件")), "{name} shows {shown}");
            let chapter = if chapter == "章が明らかでない変更など" { "他" } else { chapter };
            ((date.to_owned(), chapter.to_owned()), [number(""), number("重要な変更の対象"), number("事前")])
        })
        .collect()
}

/// What the table says of everything but nothing; the last column and the last row are sums.
fn tabled(html: &str) -> BTreeMap<(String, String), [usize; 3]> {
    let table = all_between(html, "<table", "</table>")[0];
    let rows: Vec<Vec<&str>> = all_between(table, "<tr>", "</tr>")
        .into_iter()
        .map(|row| row.split("<th").flat_map(|part| part.split("<td")).skip(1).collect())
        .collect();
    let text = |cell: &str| plain(cell.split_once('>').unwrap().1);
    let heads: Vec<_> = rows[0].iter().map(|head| text(head)).collect();
    let mut found = BTreeMap::new();
    for row in &rows[1..] {
        for (head, cell) in heads.iter().zip(row).skip(1) {
            let cell = text(cell);
            let number = |before: &str| {
                let rest = cell.split_once(before).map_or("0", |(_, rest)| rest);
                rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
            };
            let numbers = [number(""), number("※"), number("事前")];
            if numbers[0] > 0 {
                found.insert((text(row[0]), head.clone()), numbers);
            }
        }
    }
    found
}

fn sums(grid: &Grid) -> [usize; 3] {
    let Tally { count, important, prior } = grid.tally();
    [count, important, prior]
}

#[test]
fn the_drawing_the_table_and_the_grid_say_the_same() {
    for grid in [small(), large(Grain::Day, 55), large(Grain::Month, 60), large(Grain::Year, 3)] {
        let html = html(&grid, &forms(1));
        let (drawn, mut tabled) = (drawn(&html), tabled(&html));
        assert_eq!(drawn.len(), grid.cells().count());
        let whole = tabled.remove(&("合計".to_owned(), "合計".to_owned()));
        assert_eq!(whole, Some(sums(&grid)));
        let (totals, cells): (BTreeMap<_, _>, BTreeMap<_, _>) =
            tabled.into_iter().partition(|((date, chapter), _)| date == "合計" || chapter == "合計");
        assert_eq!(drawn, cells);
        for ((date, chapter), total) in totals {
            let inside = cells.iter().filter(|((d, c), _)| *d == date || *c == chapter);
            let sum = inside.fold([0; 3], |sum, (_, n)| [sum[0] + n[0], sum[1] + n[1], sum[2] + n[2]]);
            assert_eq!(sum, total, "{date} {chapter}");
        }
        assert_eq!(drawn.values().map(|n| n[0]).sum::<usize>(), grid.tally().count);
    }
}

#[test]
fn every_mark_is_one_link_with_a_whole_name() {
    let html = html(&small(), &forms(1));
    let names: Vec<_> = all_between(&html, "<title>", "</title>");
    assert_eq!(
        names,
        [
            "令和4年（2022年）6月17日 表紙 151件、うち重要な変更の対象20件、うち事前3件",
            "令和4年（2022年）6月17日 Ⅱ 1件",
            "令和4年（2022年） Ⅱ 12件、うち重要な変更の対象12件",
            "日付なし 章が明らかでない変更など 2件、うち事前1件",
        ]
    );
    assert!(html.contains("<a href=\"2022/?b&amp;c=&quot;0&quot;#c-7\">"), "{html}");
    // The table beside the drawing repeats no link.
    assert!(!html.split("<details").nth(1).unwrap().contains("<a "));
}

#[test]
fn important_and_prior_changes_have_forms_of_their_own() {
    let html = html(&small(), &forms(1));
    let marks: Vec<_> = all_between(&html, "<title>", "</a>")
        .into_iter()
        .map(|link| {
            let kind = |element: &str| link.matches(element).count();
            (kind("<circle"), kind("<path"), kind("class=\"ring\""))
        })
        .collect();
    assert_eq!(marks, [(0, 2, 1), (1, 0, 0), (2, 0, 1), (0, 1, 0)]);
    let key: Vec<_> = all_between(&html, "class=\"mark\"", "</li>");
    assert_eq!(key.len(), 3);
    assert!(key[1].contains("ring") && key[1].contains("重要な変更の対象（※）"));
    assert!(key[2].contains("<path") && key[2].contains("「事前」"));
}

#[test]
fn areas_go_with_counts() {
    let grid = Grid {
        grain: Grain::Day,
        chapters: vec![Chapter::Numbered("Ⅰ"), Chapter::Numbered("Ⅱ"), Chapter::Numbered("Ⅲ")],
        rows: vec![row(
            None,
            &[Some(cell(0, (100, 0, 0))), Some(cell(1, (25, 0, 0))), Some(cell(2, (1, 0, 0)))],
        )],
    };
    let html = html(&grid, &forms(1));
    let radii: Vec<f64> = all_between(html.split("</figcaption>").nth(1).unwrap(), "<circle r=\"", "\"")
        .into_iter()
        .map(|radius| radius.parse().unwrap())
        .collect();
    assert_eq!(radii, [7.0, 3.5, 2.8]);
}

#[test]
fn a_year_in_which_an_era_changed_has_two_bands() {
    let on = |month, day| row(CivilDate::from_ymd(2019, month, day), &[Some(cell(0, (1, 0, 0)))]);
    let grid = Grid {
        grain: Grain::Day,
        chapters: vec![Chapter::Numbered("Ⅰ")],
        rows: vec![on(5, 1), on(4, 30), on(1, 4)],
    };
    let html = html(&grid, &forms(1));
    let bands: Vec<_> = all_between(&html, "class=\"head\"", "</text>")
        .into_iter()
        .map(|band| band.split_once('>').unwrap().1)
        .collect();
    assert_eq!(bands, ["令和元年（2019年）", "平成31年（2019年）"]);
    for (number, label) in [(1, "5月1日"), (2, "4月30日"), (2, "1月4日")] {
        let group = html.split(&format!("aria-labelledby=\"picture-{number}\"")).nth(1).unwrap();
        assert!(group.split("</svg></svg>").next().unwrap().contains(&format!(">{label}</text>")));
    }
}

#[test]
fn the_names_of_the_chapters_stand_where_all_forms_have_the_same() {
    let one = html(&small(), &forms(1));
    assert!(one.contains("<li>Ⅱ 特定個人情報ファイルの概要</li>"));
    let two = html(&small(), &forms(2));
    assert!(!two.contains("<li>Ⅱ 特定個人情報ファイルの概要</li>"));
    assert!(two.contains("様式によって違います"));
}

#[test]
fn a_picture_is_for_comparing() {
    let mut grid = small();
    grid.rows.truncate(1);
    grid.rows[0].cells[1] = None;
    assert_eq!(html(&grid, &forms(1)).trim(), "");
    assert_eq!(html(&Grid { rows: Vec::new(), ..grid }, &forms(1)).trim(), "");
}

#[test]
fn a_large_picture_stays_small() {
    let grid = large(Grain::Day, 54);
    let cells = grid.cells().count();
    let html = html(&grid, &forms(1));
    let drawing = html.split("</figcaption>").nth(1).unwrap().split("</figure>").next().unwrap().len();
    assert!(cells >= 125 && drawing < 60_000, "{cells} cells in {drawing} bytes");
}
