//! `municipality.yaml` and `site.yaml`: who publishes.

use std::collections::BTreeMap;

use super::look::{self, Beside};
use super::values::{nearest, read_date, sure_word, wrong_type};
use crate::assessment::{AgencyKind, Municipality, SiteSettings, Value};
use crate::codes::MunicipalityCode;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::read::{Data, Key, Parsed, SourceFile, Span, Yaml, parse_partly};
use crate::wareki::CivilDate;

/// A settings file with more findings than this is something else.
const MOST_FINDINGS: usize = 100;

/// A key of a settings file: its name, other names for it, what may stand there and what it is for.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) aliases: &'static [&'static str],
    pub(crate) holds: Holds,
    /// One sentence for the officer who fills it in.
    pub(crate) about: &'static str,
}

/// What may stand under a key of a settings file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// Text.
    Text,
    /// An address on the web.
    Address,
    /// A 全国地方公共団体コード.
    Code,
    /// A date to the day.
    Date,
    /// はい or いいえ.
    Flag,
    /// One text or several.
    List,
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A colour.
    Color,
    /// Keys of their own.
    Map(&'static [Field]),
    /// A list of entries with these keys.
    Rows(&'static [Field]),
}

pub(crate) const MUNICIPALITY_FIELDS: [Field; 9] = [
    Field {
        name: "code",
        aliases: &["団体コード", "全国地方公共団体コード"],
        holds: Holds::Code,
        about: "全国地方公共団体コード（6桁）。先頭の0が消えないように引用符で囲む。",
    },
    Field {
        name: "name",
        aliases: &["名称", "自治体名"],
        holds: Holds::Text,
        about: "自治体の名前（例: みほん市）。",
    },
    Field {
        name: "kana",
        aliases: &["よみ", "読み"],
        holds: Holds::Text,
        about: "自治体の名前の読み（ひらがな）。五十音順に並べるときに使う。",
    },
    Field {
        name: "prefecture",
        aliases: &["都道府県"],
        holds: Holds::Text,
        about: "都道府県の名前。書かなければ団体コードから決まる。",
    },
    Field {
        name: "authorities",
        aliases: &["評価実施機関"],
        holds: Holds::List,
        about: "評価実施機関の名前（市長、教育委員会など）。一つずつ「- 」で始めて書く。",
    },
    Field {
        name: "website",
        aliases: &["ウェブサイト"],
        holds: Holds::Address,
        about: "自治体のウェブサイトの URL（https:// で始まる）。",
    },
    Field {
        name: "inquiry",
        aliases: &["問合せ先", "お問合せ"],
        holds: Holds::Text,
        about: "評価書についての問合せ先。部署、電話、電子メールなどを書く。",
    },
    Field {
        name: "agency_kind",
        aliases: &["評価実施機関の種別"],
        holds: Holds::Words(agency_kinds),
        about: "評価実施機関の種別。書かなければ地方公共団体等になる。",
    },
    Field {
        name: "gov_agency",
        aliases: &["政府機関"],
        holds: Holds::Flag,
        about: "政府機関なら「はい」。書かなければ「いいえ」になる。",
    },
];

pub(crate) const SITE_FIELDS: [Field; 12] = [
    Field { name: "title", aliases: &["題名"], holds: Holds::Text, about: "サイトの題名。" },
    Field {
        name: "base_url",
        aliases: &["公開先URL"],
        holds: Holds::Address,
        about: "公開先の URL（https:// で始まる）。",
    },
    Field {
        name: "publisher",
        aliases: &["発行者"],
        holds: Holds::Text,
        about: "サイトを公開する組織の名前。",
    },
    Field {
        name: "contact", aliases: &["連絡先"], holds: Holds::Text, about: "サイトについての連絡先。"
    },
    Field {
        name: "accessibility",
        aliases: &["アクセシビリティ"],
        holds: Holds::Text,
        about: "アクセシビリティのページに加える文章（Markdown）。",
    },
    Field {
        name: "theme",
        aliases: &["テーマ"],
        holds: Holds::Text,
        about: "見た目。自治体のテーマを使うときは、そのフォルダ（例: _theme）。書かなければ standard になる。",
    },
    Field {
        name: "colors",
        aliases: &["色"],
        holds: Holds::Map(&look::SCHEME_FIELDS),
        about: "自治体の色。文字が読める組合せかどうかを検査する。",
    },
    Field {
        name: "logo",
        aliases: &["ロゴ"],
        holds: Holds::Map(&look::LOGO_FIELDS),
        about: "ヘッダーに出す画像。",
    },
    Field {
        name: "header_links",
        aliases: &["ヘッダーのリンク"],
        holds: Holds::Rows(&look::LINK_FIELDS),
        about: "すべてのページの初めに置くリンク。",
    },
    Field {
        name: "footer_links",
        aliases: &["フッターのリンク"],
        holds: Holds::Rows(&look::LINK_FIELDS),
        about: "すべてのページの終わりに置くリンク。",
    },
    Field {
        name: "as_of",
        aliases: &["基準日"],
        holds: Holds::Date,
        about: "基準日。この日の時点で検査して公開する。書かなければ、その日の日付を使う。",
    },
    Field {
        name: "license",
        aliases: &["ライセンス", "利用条件"],
        holds: Holds::Text,
        about: "データの利用条件。ライセンスの URL か名前（例: CC BY 4.0）。定めがあるときだけ書く。",
    },
];

const AGENCY_KINDS: [AgencyKind; 2] = [AgencyKind::Local, AgencyKind::Administrative];

fn agency_kinds() -> Vec<&'static str> {
    AGENCY_KINDS.map(AgencyKind::label).to_vec()
}

/// Reads `municipality.yaml`; `folder_code` is the code in the directory's name. What is wrong in it never hides the
/// documents below: a municipality comes out in any case.
pub fn municipality(file: &SourceFile, dir: &str, folder_code: &str) -> (Municipality, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, "自治体の設定", &MUNICIPALITY_FIELDS);
    let code = reader.code(folder_code);
    let name = reader.required("name", "自治体の名前（例: みほん市）を書いてください。");
    let prefecture = reader.prefecture(code.as_ref());
    let authorities = reader.list("authorities");
    let agency_kind = reader.agency_kind();
    let gov_agency = reader.flag("gov_agency").unwrap_or(false);
    let (kana, website, inquiry) = (reader.text("kana"), reader.website("website"), reader.text("inquiry"));
    let diagnostics = reader.diagnostics;
    // With a wrong code or without a name the documents still have a place: the folder says which.
    let code = code.unwrap_or_else(|| MunicipalityCode::unchecked(folder_code));
    let place = || code.prefecture().map(|p| p.name.to_owned()).unwrap_or_default();
    let municipality = Municipality {
        dir: dir.to_owned(),
        name: name.unwrap_or_else(|| dir.to_owned()),
        prefecture: prefecture.unwrap_or_else(place),
        code,
        kana,
        authorities,
        website,
        inquiry,
        agency_kind,
        gov_agency,
    };
    (municipality, diagnostics)
}

/// Reads `site.yaml` by itself.
pub fn site(file: &SourceFile) -> (Option<SiteSettings>, Vec<Diagnostic>) {
    site_beside(file, None)
}

/// Reads `site.yaml` and looks whether the files that it names are there.
pub fn site_beside(
    file: &SourceFile,
    beside: Option<&Beside<'_>>,
) -> (Option<SiteSettings>, Vec<Diagnostic>) {
    let mut reader = Reader::new(file, "サイトの設定", &SITE_FIELDS);
    let title = reader.required("title", "サイトの題名を書いてください。");
    let base_url =
        reader.website("base_url").map(|url| if url.ends_with('/') { url } else { format!("{url}/") });
    let (publisher, contact) = (reader.text("publisher"), reader.text("contact"));
    let accessibility = reader.text("accessibility");
    let theme = look::theme(&mut reader, beside);
    let look = look::read(&mut reader, beside);
    let as_of = reader.date("as_of");
    let license = reader.text("license");
    let diagnostics = reader.diagnostics;
    let settings = title.map(|title| SiteSettings {
        title,
        base_url,
        publisher,
        contact,
        accessibility,
        theme,
        look,
        as_of,
        license,
    });
    (settings, diagnostics)
}

/// Whether a text is a key of a settings file.
pub(super) fn knows_key(text: &str) -> bool {
    let known: [&[Field]; 6] = [
        &MUNICIPALITY_FIELDS,
        &SITE_FIELDS,
        &look::SCHEME_FIELDS,
        &look::COLOR_FIELDS,
        &look::LOGO_FIELDS,
        &look::LINK_FIELDS,
    ];
    known.into_iter().any(|known| is_one_of(known, text))
}

/// Whether a text is one of these keys.
pub(super) fn is_one_of(known: &[Field], text: &str) -> bool {
    field_of(known, text).is_some()
}

fn field_of<'k>(known: &'k [Field], key: &str) -> Option<&'k Field> {
    let key = fold(key);
    known.iter().find(|f| f.name == key || f.aliases.iter().any(|a| fold(a) == key))
}

pub(super) struct Reader<'f> {
    file: &'f SourceFile,
    fields: BTreeMap<&'static str, (Span, Yaml)>,
    /// Names that a mistyped key most likely means: they are not named as missing as well.
    excused: Vec<&'static str>,
    /// Whether the file was read to its end.
    complete: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f SourceFile, what: &str, known: &'static [Field]) -> Self {
        let Parsed { root, complete, diagnostics } = parse_partly(file);
        let mut reader = Self { file, fields: BTreeMap::new(), excused: Vec::new(), complete, diagnostics };
        let entries = match root.map(|r| (r.span, r.data)) {
            Some((_, Data::Map(entries))) => entries,
            Some((span, Data::Scalar(_) | Data::List(_))) => {
                let span = Span::new(span.start, span.start);
                let help = format!("「{}: …」のような行を並べて書いてください。", known[0].name);
                reader.push(
                    Code::WRONG_TYPE,
                    span,
                    format!("{what}が「項目: 値」の形で書かれていません"),
                    &help,
                );
                reader.complete = false;
                Vec::new()
            }
            _ => Vec::new(),
        };
        reader.take(entries, what, known);
        reader
    }

    /// A reader of keys inside a document.
    pub(super) fn of(
        file: &'f SourceFile,
        entries: Vec<(Key, Yaml)>,
        what: &str,
        known: &'static [Field],
    ) -> Self {
        let mut reader = Self {
            file,
            fields: BTreeMap::new(),
            excused: Vec::new(),
            complete: true,
            diagnostics: Vec::new(),
        };
        reader.take(entries, what, known);
        reader
    }

    fn take(&mut self, entries: Vec<(Key, Yaml)>, what: &str, known: &'static [Field]) {
        let reader = self;
        let written: Vec<_> =
            entries.iter().filter_map(|(key, _)| field_of(known, &key.text)).map(|f| f.name).collect();
        for (key, value) in entries {
            if reader.diagnostics.len() >= MOST_FINDINGS {
                let message = format!("指摘が {MOST_FINDINGS} 件を超えました。ここから先は調べません");
                let help = "別のファイルの内容ではないかを確かめてください。";
                reader.push(Code::UNKNOWN_KEY, key.span, message, help);
                reader.complete = false;
                break;
            }
            match field_of(known, &key.text) {
                None => {
                    let names: Vec<_> = known.iter().map(|f| f.name).collect();
                    let free: Vec<_> = names.iter().copied().filter(|n| !written.contains(n)).collect();
                    let near = nearest(&key.text, &free);
                    reader.excused.extend(near);
                    let message = format!("「{}」という項目は{what}にありません", key.text.trim());
                    let help = format!("書ける項目: {}", names.join("、"));
                    let mut diagnostic = reader.here(Code::UNKNOWN_KEY, key.span, message).help(help);
                    diagnostic.expected = near.map(|near| format!("「{near}」のことですか"));
                    diagnostic.fix =
                        near.and_then(|near| sure_word(reader.file, key.span, &key.text, near, &free));
                    diagnostic.suggestion = near.map(str::to_owned);
                    reader.diagnostics.push(diagnostic);
                }
                Some(field) if reader.fields.contains_key(field.name) => {
                    let message = format!("「{}」が二度書かれています", key.text.trim());
                    reader.push(Code::DUPLICATE_KEY, key.span, message, "片方を消してください。");
                }
                Some(field) => {
                    reader.fields.insert(field.name, (key.span, value));
                }
            }
        }
    }

    /// Where a value is written; its key where it is empty.
    pub(super) fn span(&self, name: &str) -> Option<Span> {
        let (key, value) = self.fields.get(name)?;
        Some(if value.span.start == value.span.end { *key } else { value.span })
    }

    /// はい or いいえ.
    fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.text(name)?;
        match fold(&text).as_str() {
            "はい" | "true" | "yes" => return Some(true),
            "いいえ" | "false" | "no" => return Some(false),
            _ => {}
        }
        let message = format!("「{text}」は「はい」でも「いいえ」でもありません");
        let span = self.span(name).unwrap_or_default();
        let diagnostic = self.here(Code::UNKNOWN_OPTION, span, message).expected("はい / いいえ");
        self.diagnostics.push(diagnostic);
        None
    }

    /// A date to the day.
    pub(super) fn date(&mut self, name: &str) -> Option<CivilDate> {
        let text = self.text(name)?;
        let span = self.span(name).unwrap_or_default();
        let (value, findings) = read_date(&text, false);
        for finding in findings {
            let fix = finding.fix(self.file, span);
            let mut diagnostic = self.here(finding.code, span, finding.message).mend(fix);
            diagnostic.suggestion = finding.suggestion;
            diagnostic.help.extend(finding.help);
            self.diagnostics.push(diagnostic);
        }
        match value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// One word of a list; `labels` are the words in order.
    pub(super) fn one_of(&mut self, name: &str, labels: &[&str]) -> Option<usize> {
        let text = self.text(name)?;
        if let Some(at) = labels.iter().position(|l| fold(l) == fold(&text)) {
            return Some(at);
        }
        let span = self.span(name).unwrap_or_default();
        let mut diagnostic = self
            .here(Code::UNKNOWN_OPTION, span, format!("「{text}」は選択肢にありません"))
            .expected(labels.join(" / "));
        let near = nearest(&text, labels);
        diagnostic.fix = near.and_then(|near| sure_word(self.file, span, &text, near, labels));
        diagnostic.suggestion = near.map(str::to_owned);
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let (_, value) = self.fields.get(name)?.clone();
        match &value.data {
            Data::Null => None,
            Data::Scalar(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            _ => {
                self.push(
                    Code::WRONG_TYPE,
                    value.span,
                    wrong_type("文字列", &value),
                    "一つの文章で書いてください。",
                );
                None
            }
        }
    }

    fn required(&mut self, name: &'static str, help: &str) -> Option<String> {
        let text = self.text(name);
        let is_news = self.complete && !self.excused.contains(&name) && !self.reported(name);
        if text.is_none() && is_news {
            let span = self.fields.get(name).map_or_else(Span::default, |(key, _)| *key);
            self.push(Code::REQUIRED, span, format!("「{name}」が書かれていません"), help);
        }
        text
    }

    /// A text that an entry inside the file needs; where it is not written at all, the entry is named.
    pub(super) fn required_below(&mut self, name: &'static str, entry: Span, help: &str) -> Option<String> {
        let text = self.text(name);
        if text.is_none() && !self.excused.contains(&name) && !self.reported(name) {
            let span = self.fields.get(name).map_or(Span::new(entry.start, entry.start), |(key, _)| *key);
            self.push(Code::REQUIRED, span, format!("「{name}」が書かれていません"), help);
        }
        text
    }

    /// The keys below a key; none where nothing is written there, or something else.
    pub(super) fn below(&mut self, name: &str, what: &str, known: &'static [Field]) -> Option<Self> {
        let (_, value) = self.fields.get(name)?.clone();
        match value.data {
            Data::Map(entries) => Some(Self::of(self.file, entries, what, known)),
            Data::Null => None,
            _ => {
                self.not_keys(&value, known);
                None
            }
        }
    }

    /// The entries of a list below a key, with their places.
    pub(super) fn rows(&mut self, name: &str, what: &str, known: &'static [Field]) -> Vec<(Span, Self)> {
        let Some((_, value)) = self.fields.get(name).cloned() else { return Vec::new() };
        let items = match value.data {
            Data::List(items) => items,
            Data::Null => Vec::new(),
            _ => {
                let message = wrong_type("「- 」で始まる一覧", &value);
                self.push(Code::WRONG_TYPE, value.span, message, "一つずつ「- 」で始めて書いてください。");
                Vec::new()
            }
        };
        let mut rows = Vec::new();
        for item in items {
            match item.data {
                Data::Map(entries) => rows.push((item.span, Self::of(self.file, entries, what, known))),
                Data::Null => {}
                _ => self.not_keys(&item, known),
            }
        }
        rows
    }

    fn not_keys(&mut self, found: &Yaml, known: &[Field]) {
        let help = format!("「{}: …」のような行を、字下げして並べて書いてください。", known[0].name);
        self.push(Code::WRONG_TYPE, found.span, wrong_type("「項目: 値」の組", found), &help);
    }

    /// A finding about a value.
    pub(super) fn report(
        &mut self,
        name: &str,
        code: Code,
        message: String,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let span = self.span(name).unwrap_or_default();
        let diagnostic = more(self.here(code, span, message));
        self.diagnostics.push(diagnostic);
    }

    /// Whether there is a finding about a value already.
    fn reported(&self, name: &str) -> bool {
        self.fields.get(name).is_some_and(|(_, v)| matches!(v.data, Data::List(_) | Data::Map(_)))
    }

    pub(super) fn list(&mut self, name: &str) -> Vec<String> {
        let Some((_, value)) = self.fields.get(name).cloned() else { return Vec::new() };
        match &value.data {
            Data::List(items) => items
                .iter()
                .filter_map(|i| i.text())
                .map(|t| t.trim().to_owned())
                .filter(|t| !t.is_empty())
                .collect(),
            Data::Scalar(text) => vec![text.trim().to_owned()],
            Data::Null => Vec::new(),
            Data::Map(_) => {
                self.push(
                    Code::WRONG_TYPE,
                    value.span,
                    wrong_type("「- 」で始まる一覧", &value),
                    "一行に一つずつ「- 」で始めて書いてください。",
                );
                Vec::new()
            }
        }
    }

    pub(super) fn website(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        if text.starts_with("https://") || text.starts_with("http://") {
            return Some(text);
        }
        let span = self.fields.get(name).map_or_else(Span::default, |(_, v)| v.span);
        let message = format!("「{text}」は URL ではありません");
        self.push(Code::WRONG_TYPE, span, message, "https:// で始まる URL を書いてください。");
        None
    }

    fn code(&mut self, folder_code: &str) -> Option<MunicipalityCode> {
        let text = self.required(
            "code",
            "6桁の全国地方公共団体コードを引用符で囲んで書いてください（例: \"011002\"）。",
        )?;
        let span = self.fields.get("code").map_or_else(Span::default, |(_, v)| v.span);
        let code = match MunicipalityCode::parse(&text) {
            Ok(code) => code,
            Err(error) => {
                let help = "6桁目は検査数字です。総務省の「全国地方公共団体コード」で確かめてください。";
                self.push(Code::MUNICIPALITY_CODE, span, error.to_string(), help);
                return None;
            }
        };
        if code.as_str() != folder_code {
            let message = format!(
                "フォルダ名の団体コード「{folder_code}」と、ここに書かれた「{}」が違います",
                code.as_str()
            );
            self.push(
                Code::CODE_MISMATCH,
                span,
                message,
                "どちらが正しいかを確かめ、そろえてください。フォルダ名は URL になります。",
            );
        }
        Some(code)
    }

    fn prefecture(&mut self, code: Option<&MunicipalityCode>) -> Option<String> {
        let text = self.text("prefecture")?;
        let expected = code.and_then(MunicipalityCode::prefecture)?.name;
        if text != expected {
            let span = self.fields.get("prefecture").map_or_else(Span::default, |(_, v)| v.span);
            let message = format!("団体コードの先頭2桁は{expected}ですが、「{text}」と書かれています");
            let diagnostic = self.here(Code::CODE_MISMATCH, span, message).suggest(expected);
            self.diagnostics.push(diagnostic);
        }
        Some(text)
    }

    fn agency_kind(&mut self) -> AgencyKind {
        let at = self.one_of("agency_kind", &agency_kinds());
        at.map_or_else(AgencyKind::default, |at| AGENCY_KINDS[at])
    }

    fn here(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.file.path.clone(), message).at(self.file.place(span))
    }

    fn push(&mut self, code: Code, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = self.here(code, span, message);
        let diagnostic = if help.is_empty() { diagnostic } else { diagnostic.help(help) };
        self.diagnostics.push(diagnostic);
    }
}
