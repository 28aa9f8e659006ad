//! The stable ascii names of 検査規則.

use super::{Rule, Severity, catalogue};

/// The stable code of a rule. What the rule says stands in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code of a catalogue entry.
    pub(super) fn of(rule: &'static Rule) -> Self {
        Self(&rule.code)
    }

    /// The stable ascii name.
    pub fn id(self) -> &'static str {
        self.0
    }

    /// The rule.
    ///
    /// # Panics
    /// Never in a tested build: every code that the program names is in the catalogue, and a test looks each one up.
    pub fn rule(self) -> &'static Rule {
        catalogue().get(self.0).unwrap_or_else(|| panic!("{} is not in the catalogue", self.0))
    }

    /// The usual weight.
    pub fn severity(self) -> Severity {
        self.rule().severity
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        impl Code {
            $($(#[$doc])* pub const $name: Code = Code($id);)*

            /// The codes that Rust code names; rules that are data are not among them.
            #[cfg(test)]
            pub(super) const NAMED: &'static [Code] = &[$(Code::$name),*];
        }
    };
}

codes! {
    /// A file cannot be read.
    UNREADABLE = "FILE-01";
    /// A file is not UTF-8.
    NOT_UTF8 = "FILE-02";
    /// A file that every assessment or municipality needs is missing.
    MISSING_FILE = "FILE-03";
    /// A directory name is not `番号-名前`.
    DIRECTORY_NAME = "FILE-04";
    /// The file is not YAML.
    SYNTAX = "YAML-01";
    /// A file is nested too deep or too large.
    TOO_DEEP = "YAML-02";
    /// Anchors and aliases are not part of the format.
    ALIAS = "YAML-03";
    /// A tab indents a line.
    TAB = "YAML-04";
    /// A full-width colon or blank stands where YAML needs an ascii one.
    FULL_WIDTH = "YAML-05";
    /// A key stands twice.
    DUPLICATE_KEY = "KEY-01";
    /// A key that the form does not have.
    UNKNOWN_KEY = "KEY-02";
    /// A key that belongs elsewhere in the form.
    MISPLACED_KEY = "KEY-03";
    /// A key of the settings has no value.
    EMPTY_VALUE = "KEY-04";
    /// Another kind of value is needed.
    WRONG_TYPE = "VAL-01";
    /// A word that is no option.
    UNKNOWN_OPTION = "VAL-02";
    /// A date that cannot be.
    IMPOSSIBLE_DATE = "VAL-03";
    /// A date written in a way that is read but not recommended.
    DATE_SPELLING = "VAL-04";
    /// A box that must be ticked alone.
    EXCLUSIVE_BOX = "VAL-05";
    /// The same box twice.
    REPEATED_BOX = "VAL-06";
    /// A required item is empty.
    REQUIRED = "REQ-01";
    /// An item is filled although its condition is not met.
    MUST_BE_BLANK = "REQ-02";
    /// An item is filled although the box above it says that it does not apply.
    TICKED_AWAY = "REQ-03";
    /// More entries than the form has room for.
    TOO_MANY_ENTRIES = "REP-01";
    /// Fewer entries than the form needs.
    TOO_FEW_ENTRIES = "REP-02";
    /// A stated number differs from the number of entries.
    COUNT_MISMATCH = "REP-03";
    /// A figure has no text alternative.
    NO_ALTERNATIVE = "FIG-01";
    /// The image of a figure is not there.
    MISSING_IMAGE = "FIG-02";
    /// The form or edition is not known.
    UNKNOWN_FORM = "EDITION-01";
    /// A level-1 heading of a Markdown file names no item.
    UNKNOWN_HEADING = "MD-01";
    /// An item is written in two places.
    WRITTEN_TWICE = "MD-02";
    /// A Markdown file gives a value to an item that is not text.
    NOT_TEXT = "MD-03";
    /// A Markdown file has text before its first heading.
    TEXT_BEFORE_HEADING = "MD-04";
    /// An important item was changed without a reason why the change is none.
    UNEXPLAINED_CHANGE = "CHG-09";
    /// An explanation does not say why the change is no important one.
    UNCLEAR_EXPLANATION = "CHG-10";
    /// An important change was submitted afterwards.
    IMPORTANT_AFTERWARDS = "CHG-11";
    /// A difference from the version before has no change row.
    UNTOLD_CHANGE = "CHG-01";
    /// A new change row tells of nothing that differs from the version before.
    TOLD_WITHOUT_CHANGE = "CHG-02";
    /// The texts of a new change row are not those of the two versions.
    TEXT_DIFFERS = "CHG-03";
    /// Nobody decided whether a change is a 重要な変更.
    UNDECIDED = "CHG-04";
    /// What was decided to be a 重要な変更 was submitted afterwards.
    IMPORTANT_WITHOUT_SUBMISSION = "CHG-05";
    /// A 重要な変更 took effect before it was published.
    HANDLED_BEFORE_PUBLICATION = "CHG-06";
    /// A 重要な変更 without a new hearing or review.
    NOT_HEARD_AGAIN = "CHG-07";
    /// An evaluation done again without a new 基礎項目評価.
    BASE_NOT_ASSESSED_AGAIN = "CHG-08";
    /// A row of an entry does not say that it is new or gone.
    ENTRY_NOT_MARKED = "CHG-22";
    /// What differs because the edition of the form does.
    CHANGE_OF_EDITION = "CHG-23";
    /// A colour of the city cannot be read where it is used.
    CONTRAST = "LOOK-01";
    /// A file or folder that `site.yaml` names is not there, or is something else.
    MISSING_LOOK = "LOOK-02";
    /// A template of the city's own theme does not work.
    THEME_BROKEN = "LOOK-03";
    /// A file or word of the city's own theme has no effect, or not the one that it should have.
    THEME_UNUSED = "LOOK-04";
    /// A style sheet of the city's own theme loads something from another host.
    THEME_FOREIGN = "LOOK-05";
    /// Something is still to be written.
    BLANK_LEFT = "CHG-31";
    /// 再実施 without a new hearing or review.
    HEARING_NOT_RENEWED = "HEAR-11";
    /// 意見募集 does not say from when, until when or where to.
    OPINIONS_INCOMPLETE = "HEAR-12";
    /// 意見募集 ends before it begins.
    OPINIONS_PERIOD = "HEAR-13";
    /// 宛先 of 意見募集 is neither an e-mail address nor one on the web.
    OPINIONS_ADDRESS = "HEAR-14";
    /// 修正 long after the handling changed.
    LATE_REVISION = "REV-06";
    /// 公表日 before that of the version before.
    PUBLISHED_EARLIER = "PUB-02";
    /// A version that is public was changed.
    CHANGED_AFTER_PUBLICATION = "PUB-07";
    /// 評価書番号 is not that of the version before.
    NUMBER_CHANGED = "NUM-03";
    /// しきい値判断 demands more than in the version before.
    RESULT_ROSE = "THR-14";
    /// An assessment after an emergency was submitted beforehand.
    EMERGENCY_BEFOREHAND = "CHG-12";
    /// The form does not say that 規則第9条第2項 was applied.
    EMERGENCY_NOT_TICKED = "CHG-13";
    /// No hearing was made up for after an emergency.
    EMERGENCY_WITHOUT_HEARING = "CHG-14";
    /// An explanation only points at the row above.
    EXPLANATION_POINTS_ABOVE = "CHG-15";
    /// A change row changes nothing.
    NO_CHANGE = "CHG-16";
    /// 提出時期 is neither 事前 nor 事後.
    CHANGE_TIMING = "CHG-17";
    /// A change is newer than the document.
    CHANGE_AFTER_PUBLICATION = "CHG-18";
    /// No change is as new as the document.
    NO_CHANGE_OF_THIS_VERSION = "CHG-19";
    /// Change rows are not in the order of their dates, or a published one was rewritten.
    CHANGES_OUT_OF_ORDER = "CHG-20";
    /// 特定個人情報ファイル名 differ between the list, Ⅱ and Ⅲ.
    FILE_NAME = "FORM-04";
    /// 情報連携 is not used, but something says that it is.
    NETWORK_UNUSED = "FORM-08";
    /// 情報連携 is used, but connected neither way.
    NETWORK_CUT_OFF = "FORM-09";
    /// 法令上の根拠 names a way that is ticked away.
    NETWORK_BASIS = "FORM-11";
    /// An answer admits a problem.
    OPEN_PROBLEM = "FORM-13";
    /// 全ての記録項目 leads nowhere, or their number is outside the band.
    ALL_FIELDS = "FORM-16";
    /// What is repeated as 最も優先度が高い対策 is not what stands above.
    PRIORITY = "FORM-19";
    /// A box with a parenthesis is ticked without a text.
    BOX_WITHOUT_TEXT = "FORM-24";
    /// The whole file is outsourced, with another number of people.
    WHOLE_OUTSOURCED = "FORM-25";
    /// A part of a file concerns more people than the file.
    MORE_THAN_THE_FILE = "FORM-26";
    /// 十分である beside a measure that is not taken.
    ENOUGH_WITHOUT = "FORM-28";
    /// その妥当性 explains a category that is not ticked.
    EXPLAINED_UNTICKED = "FORM-29";
    /// 重大事故 differs between files.
    INCIDENT_DIFFERS = "FORM-30";
    /// A change row names no item of the form.
    UNRESOLVED_ITEM = "CHG-21";
    /// A change that needs no submission beforehand was submitted so.
    VOLUNTARILY_BEFOREHAND = "CHG-24";
    /// The newest change of an item is not what the item says.
    CHANGE_NOT_CURRENT = "CHG-25";
    /// 使用目的 was changed without its 妥当性.
    PURPOSE_WITHOUT_VALIDITY = "CHG-26";
    /// A change row stands twice.
    CHANGE_TWICE = "CHG-27";
    /// The item of a change row only points at the row above, or was shortened.
    ITEM_POINTS_ABOVE = "CHG-28";
    /// An `id` of a change row names no item.
    UNKNOWN_ID = "CHG-29";
    /// A change is older than the assessments of 番号法.
    CHANGE_TOO_EARLY = "CHG-30";
    /// A reference in prose leads nowhere.
    UNRESOLVED_LINK = "REF-01";
    /// 全国地方公共団体コード is wrong.
    MUNICIPALITY_CODE = "CODE-01";
    /// The code in the directory name and in the file differ.
    CODE_MISMATCH = "CODE-02";
    /// 評価書番号 in the directory name and in the file differ.
    NUMBER_MISMATCH = "CODE-03";
    /// A municipality or an assessment stands twice.
    DUPLICATE = "SITE-01";
    /// A number that may be a 個人番号.
    PERSONAL_NUMBER = "LINT-01";
    /// Words behind ` #` are read as a comment.
    LOST_COMMENT = "YAML-06";
    /// A list under a plain text is read as a part of the text.
    FOLDED_LIST = "YAML-07";
    /// A person's name in the place of a title of office.
    PERSON = "LINT-06";
    /// Signs of a script, or a word, that has no place in a Japanese text.
    STRAY_SCRIPT = "LINT-07";
    /// What a conversion leaves in a text.
    RESIDUE = "LINT-09";
    /// A text that only points elsewhere.
    POINTER = "LINT-10";
    /// A date in a text that cannot be.
    DATE_IN_TEXT = "LINT-11";
    /// The name of another municipality.
    OTHER_MUNICIPALITY = "LINT-13";
    /// Words in a text that name an item or a file which is not there.
    UNRESOLVED_MENTION = "REF-02";
    /// A document that しきい値判断 demands is not there.
    DOCUMENT_MISSING = "THR-02";
    /// A document that is not demanded needs the option that says so.
    VOLUNTARY_OPTION = "THR-03";
    /// しきい値判断結果 differs between two documents.
    RESULT_DIFFERS = "THR-04";
    /// 対象人数 differs between two documents.
    POPULATION_DIFFERS = "THR-05";
    /// There are more 取扱者 than said.
    HANDLERS_TOO_FEW = "THR-07";
    /// There are fewer 取扱者 than said.
    HANDLERS_TOO_MANY = "THR-08";
    /// One document knows a 重大事故 that the other denies.
    INCIDENT_DENIED = "THR-09";
    /// 提出する評価書の種類 are not those that are there.
    SUBMITTED_KINDS = "FORM-18";
    /// Two documents judge a risk differently.
    RISK_DIFFERS = "FORM-20";
    /// Two documents state a fact differently.
    FACT_DIFFERS = "FORM-21";
    /// One 事務 has two numbers.
    NUMBER_DIFFERS = "NUM-01";
    /// Two documents have one number.
    NUMBER_REPEATED = "NUM-02";
    /// 基礎項目評価書 is older than the evaluation that rests on it.
    BASE_NOT_REDONE = "REV-05";
    /// 対象人数 and 対象となる本人の数 exclude each other.
    POPULATION_BANDS = "THR-06";
    /// A 重大事故 lies before the period that the form asks about.
    INCIDENT_PAST = "THR-10";
    /// A number was counted after 公表日.
    COUNTED_AFTER = "THR-11";
    /// A number was counted long before 公表日.
    COUNTED_LONG_AGO = "THR-12";
    /// The first publication came after the file was held.
    HELD_BEFORE = "TIM-01";
    /// The first publication came after the programming had begun.
    PROGRAMMED_BEFORE = "TIM-02";
    /// The first publication came after the work process had been settled.
    DESIGNED_BEFORE = "TIM-03";
    /// Data exchange began before anything was published.
    EXCHANGED_BEFORE = "TIM-04";
    /// 緊急時の事後評価 without a reason.
    EMERGENCY_REASON = "TIM-06";
    /// The yearly 見直し is due.
    REVIEW_DUE = "REV-01";
    /// 再実施 after five years is due.
    REPETITION_DUE = "REV-02";
    /// 直近の実施の公表日 does not go with 実施区分.
    CONDUCTED_DATE = "REV-03";
    /// A 修正 holds a 重要な変更.
    IMPORTANT_REVISION = "REV-04";
    /// 管理情報 gives a day that cannot be.
    DAY_TO_COME = "REV-07";
    /// Nothing can be counted of the period of a hearing.
    HEARING_UNREADABLE = "HEAR-10";
    /// 全項目評価 without a hearing.
    NO_HEARING = "HEAR-01";
    /// A short hearing without a reason.
    SHORT_HEARING = "HEAR-02";
    /// 全項目評価 without a review.
    NO_REVIEW = "TPR-01";
    /// A hearing of exactly 30 days.
    HEARING_EXACT = "HEAR-03";
    /// The stated number of days of a hearing is wrong.
    HEARING_DAYS = "HEAR-04";
    /// A weekday that the date does not have.
    WEEKDAY = "HEAR-06";
    /// 意見聴取, 第三者点検 and 公表 do not follow each other.
    ORDER = "HEAR-07";
    /// A voluntary hearing or review that is only partly described.
    HEARING_PARTLY = "HEAR-08";
    /// 第三者点検 is told as something to come.
    STILL_PLANNED = "TPR-03";
    /// There are more hearings than reviews, or fewer.
    REVIEW_NUMBER = "TPR-06";
    /// The title does not say that the 事務 has ended.
    TITLE_OF_ENDED = "PUB-03";
    /// A document was taken out of the content folder too early.
    TAKEN_OUT = "PUB-04";
    /// The end of the 事務 was not notified.
    END_NOT_NOTIFIED = "PUB-05";
    /// 評価書番号 is no number.
    NUMBER_FORM = "NUM-04";
    /// An agency that the municipality does not have.
    UNKNOWN_AGENCY = "NUM-05";
    /// An agency that takes part is not named.
    JOINT_AGENCY = "NUM-06";
    /// The declaration does not say who declares.
    DECLARATION = "NUM-07";
    /// 計画管理書 lies among the files that are published.
    PLAN_ATTACHED = "NUM-08";
    /// A newer edition of the form was in force on 公表日.
    OLD_EDITION = "NUM-09";
    /// A 検査の例外 fits no finding.
    EXCEPTION_UNUSED = "EXC-01";
    /// A 検査の例外 does not say enough.
    EXCEPTION_INCOMPLETE = "EXC-02";
    /// A 検査の例外 for a rule that has none.
    EXCEPTION_REFUSED = "EXC-03";
}
