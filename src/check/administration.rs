//! 管理情報: facts that rules and deadlines need and the form does not ask.

use std::collections::BTreeMap;

use super::settings::{Field, Holds, Reader, is_one_of};
use super::values::wrong_type;
use crate::assessment::{Administration, Occasion};
use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Data, SourceFile, Span, Yaml};

/// The key of `assessment.yaml`.
pub(crate) const KEY: &str = "管理情報";

pub(super) const OCCASION: &str = "実施区分";
pub(super) const LAST_CONDUCTED: &str = "直近の実施の公表日";
pub(super) const LAST_REVIEW: &str = "直近の見直し日";
pub(super) const ENDED: &str = "事務の終了日";
pub(super) const END_NOTIFIED: &str = "終了の通知日";
pub(super) const EXCHANGE_START: &str = "情報連携の開始日";
pub(super) const PROGRAMMING_START: &str = "プログラミングの開始日";
pub(super) const DESIGN_END: &str = "事務処理の検討の終了日";
pub(super) const INCIDENT_DATE: &str = "重大事故の発生日";
pub(super) const JOINT_AGENCIES: &str = "共同で実施する評価実施機関";

const NAMES: [&str; 10] = [
    OCCASION,
    LAST_CONDUCTED,
    LAST_REVIEW,
    ENDED,
    END_NOTIFIED,
    EXCHANGE_START,
    PROGRAMMING_START,
    DESIGN_END,
    INCIDENT_DATE,
    JOINT_AGENCIES,
];

const fn field(name: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { name, aliases: &[], holds, about }
}

fn occasions() -> Vec<&'static str> {
    Occasion::ALL.map(Occasion::label).to_vec()
}

pub(crate) const FIELDS: [Field; 10] = [
    field(
        OCCASION,
        Holds::Words(occasions),
        "この版を公表する理由。初めてなら新規実施、重要な変更や5年の経過などによるなら再実施、そのほかの直しなら修正。",
    ),
    field(LAST_CONDUCTED, Holds::Date, "直近に新規実施又は再実施をした評価書の公表日。修正では動かない。"),
    field(LAST_REVIEW, Holds::Date, "直近に評価書を見直した日（少なくとも1年に1回）。"),
    field(ENDED, Holds::Date, "事務の実施をやめた日。"),
    field(END_NOTIFIED, Holds::Date, "事務の実施をやめたことを委員会に知らせた日。"),
    field(EXCHANGE_START, Holds::Date, "情報提供ネットワークシステムによる情報連携を始めた（始める）日。"),
    field(PROGRAMMING_START, Holds::Date, "システムのプログラミングを始めた（始める）日。"),
    field(
        DESIGN_END,
        Holds::Date,
        "システムによらないファイルについて、事務処理の検討を終えた（終える）日。",
    ),
    field(INCIDENT_DATE, Holds::Date, "特定個人情報に関する重大事故の発生日、又はそれを知った日。"),
    field(
        JOINT_AGENCIES,
        Holds::List,
        "共同で評価を実施するほかの評価実施機関。一つずつ「- 」で始めて書く。",
    ),
];

/// What is written under 管理情報, with the place of each fact.
#[derive(Debug, Default)]
pub(super) struct Administered {
    pub(super) facts: Administration,
    pub(super) spans: BTreeMap<&'static str, Span>,
}

/// Whether a text is the key of 管理情報 or one of those below it.
pub(super) fn knows_key(text: &str) -> bool {
    text == KEY || is_one_of(&FIELDS, text)
}

/// Reads 管理情報.
pub(super) fn read(file: &SourceFile, value: &Yaml) -> (Administered, Vec<Diagnostic>) {
    let entries = match &value.data {
        Data::Map(entries) => entries.clone(),
        Data::Null => Vec::new(),
        Data::Scalar(_) | Data::List(_) => {
            let diagnostic =
                Diagnostic::new(Code::WRONG_TYPE, file.path.clone(), wrong_type("「項目: 値」の組", value))
                    .at(file.place(value.span))
                    .help(format!("この下に書ける項目: {}", NAMES.join("、")));
            return (Administered::default(), vec![diagnostic]);
        }
    };
    let mut reader = Reader::of(file, entries, KEY, &FIELDS);
    let occasion = reader.one_of(OCCASION, &occasions()).map(|at| Occasion::ALL[at]);
    let facts = Administration {
        occasion,
        last_conducted: reader.date(LAST_CONDUCTED),
        last_review: reader.date(LAST_REVIEW),
        ended: reader.date(ENDED),
        end_notified: reader.date(END_NOTIFIED),
        exchange_start: reader.date(EXCHANGE_START),
        programming_start: reader.date(PROGRAMMING_START),
        design_end: reader.date(DESIGN_END),
        incident_date: reader.date(INCIDENT_DATE),
        joint_agencies: reader.list(JOINT_AGENCIES),
        consultation: None,
    };
    let spans = NAMES.iter().filter_map(|name| Some((*name, reader.span(name)?))).collect();
    (Administered { facts, spans }, reader.diagnostics)
}
