//! `municipality.yaml` and `site.yaml`: who publishes.

mod reader;

pub(super) use reader::Reader;

use super::look::{self, Beside};
use crate::assessment::{AgencyKind, Municipality, SiteSettings};
use crate::codes::MunicipalityCode;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::fold;
use crate::read::{SourceFile, Span};

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
    // With another code, a wrong one or without a name the documents still have a place: the folder says which.
    let code = code
        .filter(|code| code.as_str() == folder_code)
        .unwrap_or_else(|| MunicipalityCode::unchecked(folder_code));
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
    reader.tell_empty(&["title"]);
    let base_url = reader.base_url("base_url");
    let (publisher, contact) = (reader.text("publisher"), reader.text("contact"));
    let accessibility = reader.text("accessibility");
    let theme = look::theme(&mut reader, beside);
    let look = look::read(&mut reader, beside);
    let as_of = reader.date("as_of");
    let license = reader.license();
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

impl Reader<'_> {
    /// The name of the terms of use, or their address; what begins like an address must be one.
    fn license(&mut self) -> Option<String> {
        let text = self.text("license")?;
        if text.starts_with("http") { self.website("license") } else { Some(text) }
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
}
