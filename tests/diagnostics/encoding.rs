//! Bytes that are not the text that the program expects: what an Excel or an old editor leaves behind.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS};

use crate::case::{Case, case};

const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";

pub fn cases() -> Vec<Case> {
    vec![
        case("FILE-02", "shift jis").bytes(KISO, |b| encode(SHIFT_JIS, &b)).line(KISO, 1),
        case("FILE-02", "euc jp").bytes(KISO, |b| encode(EUC_JP, &b)).line(KISO, 1),
        case("FILE-02", "iso 2022 jp").bytes(KISO, |b| encode(encoding_rs::ISO_2022_JP, &b)).line(KISO, 1),
        case("FILE-02", "utf 16 little endian")
            .bytes(KISO, |b| utf16(&b, u16::to_le_bytes, true))
            .line(KISO, 1),
        case("FILE-02", "utf 16 big endian").bytes(KISO, |b| utf16(&b, u16::to_be_bytes, true)).line(KISO, 1),
        case("FILE-02", "utf 16 without mark")
            .bytes(KISO, |b| utf16(&b, u16::to_le_bytes, false))
            .line(KISO, 1),
        case("FILE-02", "changes in shift jis with ascii lines first")
            .bytes(CHANGES, |b| [b"# changes\n# \n".to_vec(), encode(SHIFT_JIS, &b)].concat())
            .line(CHANGES, 3),
        case("FILE-02", "one broken character in utf 8")
            .edit(KISO, "介護保険システム、", "介護保険‹\u{FFFD}›、")
            .bytes(KISO, |mut b| {
                let at = b.windows(3).position(|w| w == "\u{FFFD}".as_bytes()).unwrap();
                b.splice(at..at + 3, [0xE4]);
                b
            }),
        case("FILE-02", "a spreadsheet renamed")
            .bytes(KISO, |_| b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00\x21\x00\xDF\xA4\xD2\x6C".to_vec())
            .whole(KISO),
    ]
}

fn encode(encoding: &'static Encoding, bytes: &[u8]) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(std::str::from_utf8(bytes).unwrap());
    assert!(!unmappable);
    bytes.into_owned()
}

fn utf16(bytes: &[u8], order: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mark = mark.then_some(0xFEFF);
    mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect()
}

/// A byte order mark and the line ends of Windows or of an old Mac mean nothing.
#[test]
fn marks_and_line_ends_are_read_silently() {
    let line_ends = [("\r\n", "windows"), ("\r", "old mac")];
    for (line_end, name) in line_ends {
        let sandbox = crate::support::Sandbox::new();
        for file in ["site.yaml", "019984-mihon/municipality.yaml", KISO, CHANGES] {
            let text = sandbox.text(file).replace('\n', line_end);
            sandbox.write(file, format!("\u{FEFF}{text}"));
        }
        let run = sandbox.run(&["check", "content"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{name}");
    }
}

/// With Windows line ends the findings stand at the same lines and columns.
#[test]
fn line_ends_move_no_finding() {
    let with = |line_end: &str| {
        let sandbox = crate::support::Sandbox::new();
        sandbox.replace(KISO, "公表日: 令和7年3月14日", "公表日: 令和7年2月30日");
        sandbox.write(KISO, sandbox.text(KISO).replace('\n', line_end));
        sandbox.run(&["check", "content"]).stdout
    };
    assert!(with("\n").contains("2月に30日はありません"));
    assert_eq!(with("\r\n"), with("\n"));
}
