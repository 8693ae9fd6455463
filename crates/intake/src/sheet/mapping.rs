//! Which column of a ledger is which field of a matter (“对应列名”).

use super::lines::header_word;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;

/// A field of a matter that a ledger of problems (整改台账) can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 问题描述: what is wrong, in a line.
    Title,
    /// 具体表现: what is wrong, at length.
    Detail,
    /// 问题类别: one of the sixteen.
    Problem,
    /// 涉及单位: the unit whose problem it is.
    Unit,
    /// 问题来源: where it was found.
    Source,
    /// 发现时间
    FoundOn,
    /// 整改类型
    Remedy,
    /// 责任人（岗位）
    Owner,
    /// 完成时限
    Due,
    /// 整改目标: the standard by which it is checked.
    Standard,
    /// 整改措施
    Measure,
    /// 制度依据
    Rule,
    /// 程序: the list of steps.
    Procedure,
    /// 核查岗位
    Checking,
    /// 佐证材料: the kind of evidence.
    Evidence,
    /// 标识: the hidden last column of our own workbooks, `origin#matter/1`.
    Id,
}

struct About {
    key: &'static str,
    code: &'static str,
    required: bool,
    /// What our own workbooks call it.
    word: &'static str,
    /// Words of a header, the surest first, as `header_word` leaves them.
    words: &'static [&'static str],
}

const TITLE: About = About {
    key: "title",
    code: "import-title",
    required: true,
    word: "问题描述",
    words: &[
        "标题",
        "问题标题",
        "事项标题",
        "事项",
        "事项名称",
        "问题名称",
        "问题描述",
        "存在问题",
        "存在的问题",
        "主要问题",
        "问题事项",
        "问题",
        "整改事项",
        "问题清单",
    ],
};

const DETAIL: About = About {
    key: "detail",
    code: "import-detail",
    required: false,
    word: "具体表现",
    words: &[
        "具体表现",
        "问题详情",
        "问题表现",
        "表现形式",
        "具体问题",
        "详细情况",
        "问题具体表现",
        "详情",
        "具体情况",
        "问题描述",
    ],
};

const PROBLEM: About = About {
    key: "problem",
    code: "import-problem",
    required: true,
    word: "问题类别",
    words: &["问题类别", "问题类型", "问题分类", "问题种类", "所属类别", "十六项问题", "类别"],
};

const UNIT: About = About {
    key: "unit",
    code: "import-unit",
    required: true,
    word: "涉及单位",
    words: &[
        "涉及单位",
        "责任科室",
        "责任单位",
        "牵头科室",
        "牵头单位",
        "涉及科室",
        "责任部门",
        "牵头部门",
        "整改单位",
        "承办单位",
        "承办科室",
        "单位",
        "科室",
        "部门",
    ],
};

const SOURCE: About = About {
    key: "source",
    code: "import-source",
    required: true,
    word: "问题来源",
    words: &["问题来源", "线索来源", "来源", "发现渠道", "来源渠道", "发现途径"],
};

const FOUND_ON: About = About {
    key: "found_on",
    code: "import-found-on",
    required: false,
    word: "发现时间",
    words: &["发现时间", "发现日期", "查摆时间", "反映时间", "受理时间"],
};

const REMEDY: About = About {
    key: "remedy",
    code: "import-remedy",
    required: false,
    word: "整改类型",
    words: &["整改类型", "整改方式", "整改类别", "整改性质", "整改分类"],
};

const OWNER: About = About {
    key: "owner",
    code: "import-owner",
    required: false,
    word: "责任人（岗位）",
    words: &["责任岗位", "责任人", "整改责任人", "具体责任人", "承办人", "经办人"],
};

const DUE: About = About {
    key: "due",
    code: "import-due",
    required: false,
    word: "完成时限",
    words: &[
        "完成时限",
        "整改时限",
        "整改期限",
        "完成时间",
        "计划完成时间",
        "办结时限",
        "时限",
        "整改完成时限",
        "期限",
        "完成日期",
    ],
};

const STANDARD: About = About {
    key: "standard",
    code: "import-standard",
    required: false,
    word: "整改目标",
    words: &[
        "整改目标",
        "可核验标准",
        "整改标准",
        "标准",
        "整改要求",
        "目标要求",
        "目标",
        "验收标准",
    ],
};

const MEASURE: About = About {
    key: "measure",
    code: "import-measure",
    required: false,
    word: "整改措施",
    words: &["整改措施", "具体措施", "措施", "整改举措", "工作措施"],
};

const RULE: About = About {
    key: "rule",
    code: "import-rule",
    required: false,
    word: "制度依据",
    words: &["制度依据", "政策依据", "文件依据", "依据", "制度"],
};

const PROCEDURE: About = About {
    key: "procedure",
    code: "import-procedure",
    required: false,
    word: "程序",
    words: &["程序", "办理程序", "工作程序", "流程", "步骤", "办理流程"],
};

const CHECKING: About = About {
    key: "checking",
    code: "import-checking",
    required: false,
    word: "核查岗位",
    words: &["核查岗位", "核查人", "核查责任人", "验收人", "复核人", "核验岗位", "核查人员"],
};

const EVIDENCE: About = About {
    key: "evidence",
    code: "import-evidence",
    required: false,
    word: "佐证材料",
    words: &["佐证", "佐证材料", "证明材料", "佐证资料", "印证材料"],
};

const ID: About =
    About { key: "id", code: "import-id", required: false, word: "标识", words: &["标识"] };

impl Field {
    /// Every field, in the order of the office's ledger.
    pub const ALL: [Field; 16] = [
        Field::Title,
        Field::Detail,
        Field::Problem,
        Field::Unit,
        Field::Source,
        Field::FoundOn,
        Field::Remedy,
        Field::Owner,
        Field::Due,
        Field::Standard,
        Field::Measure,
        Field::Rule,
        Field::Procedure,
        Field::Checking,
        Field::Evidence,
        Field::Id,
    ];

    fn about(self) -> &'static About {
        match self {
            Field::Title => &TITLE,
            Field::Detail => &DETAIL,
            Field::Problem => &PROBLEM,
            Field::Unit => &UNIT,
            Field::Source => &SOURCE,
            Field::FoundOn => &FOUND_ON,
            Field::Remedy => &REMEDY,
            Field::Owner => &OWNER,
            Field::Due => &DUE,
            Field::Standard => &STANDARD,
            Field::Measure => &MEASURE,
            Field::Rule => &RULE,
            Field::Procedure => &PROCEDURE,
            Field::Checking => &CHECKING,
            Field::Evidence => &EVIDENCE,
            Field::Id => &ID,
        }
    }

    /// Its name where it is stored or sent: `title`, `found_on`.
    pub fn key(self) -> &'static str {
        self.about().key
    }

    /// The field of this key.
    pub fn from_key(key: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The message that names it.
    pub fn code(self) -> &'static str {
        self.about().code
    }

    /// Whether no row can do without it.
    pub fn is_required(self) -> bool {
        self.about().required
    }

    /// The office's word for it, as the header of our own workbooks writes it.
    pub fn word(self) -> &'static str {
        self.about().word
    }

    pub(crate) fn is_called(self, word: &str) -> bool {
        self.about().words.contains(&word)
    }

    pub(crate) fn required_names() -> Vec<&'static str> {
        Field::ALL.into_iter().filter(|field| field.is_required()).map(Field::word).collect()
    }

    /// The column that the surest of its words names, of those not taken.
    pub(crate) fn find(self, names: &[String], taken: &[usize]) -> Option<usize> {
        let heads: Vec<String> = names.iter().map(|name| header_word(name)).collect();
        let free = |at: &usize| !taken.contains(at);
        self.about().words.iter().find_map(|word| {
            (0..heads.len()).filter(free).find(|at| heads.get(*at).is_some_and(|head| head == word))
        })
    }

    /// The column whose name has one of its longer words in it: 整改完成时限要求.
    fn find_within(self, names: &[String], taken: &[usize]) -> Option<usize> {
        let heads: Vec<String> = names.iter().map(|name| header_word(name)).collect();
        let long = self.about().words.iter().filter(|word| word.chars().count() >= LONG);
        long.into_iter().find_map(|word| {
            (0..heads.len())
                .filter(|at| !taken.contains(at))
                .find(|at| heads.get(*at).is_some_and(|head| head.contains(word)))
        })
    }
}

/// Characters from which a word within a longer header says something.
const LONG: usize = 4;

/// Which column of a table is which field. A column is at most one field, and a field at most one
/// column. Stored and sent as a list of field keys and columns.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Mapping {
    columns: BTreeMap<Field, usize>,
}

/// No field has this key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchField {
    /// The key that was given.
    pub key: String,
}

impl NoSuchField {
    /// The message that says it.
    pub fn code(&self) -> &'static str {
        "import-no-such-field"
    }

    /// What fills the message: name and value.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        vec![("key", self.key.clone())]
    }
}

impl fmt::Display for NoSuchField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} key={}", self.code(), self.key)
    }
}

impl std::error::Error for NoSuchField {}

impl Mapping {
    /// By the words of a header: exact ones first, then longer headers that have such a word in them.
    pub(crate) fn guess(names: &[String]) -> Mapping {
        let mut mapping = Mapping::default();
        for find in [Field::find, Field::find_within] {
            for field in Field::ALL {
                let taken: Vec<usize> = mapping.columns.values().copied().collect();
                if mapping.column(field).is_none()
                    && let Some(column) = find(field, names, &taken)
                {
                    mapping.columns.insert(field, column);
                }
            }
        }
        mapping
    }

    /// The column of a field, from 0.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    /// The field of a column.
    pub fn field(&self, column: usize) -> Option<Field> {
        self.columns.iter().find(|(_, known)| **known == column).map(|(field, _)| *field)
    }

    /// Says which column a field is; another field that had the column loses it. A column that the
    /// table lacks is a column of blanks.
    pub fn set(&mut self, field: Field, column: Option<usize>) {
        self.columns.retain(|other, known| *other != field && Some(*known) != column);
        self.columns.extend(column.map(|column| (field, column)));
    }

    /// Fields that no row can do without and that no column is.
    pub fn missing(&self) -> Vec<Field> {
        let lacks = |field: &Field| field.is_required() && self.column(*field).is_none();
        Field::ALL.into_iter().filter(lacks).collect()
    }

    /// Field keys and columns, in the order of [`Field::ALL`].
    pub fn pairs(&self) -> Vec<(&'static str, usize)> {
        self.columns.iter().map(|(field, column)| (field.key(), *column)).collect()
    }

    /// From field keys and columns; of two pairs that contradict each other the later holds.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, usize)>,
    ) -> Result<Mapping, NoSuchField> {
        let mut mapping = Mapping::default();
        for (key, column) in pairs {
            let field = Field::from_key(key).ok_or_else(|| NoSuchField { key: key.to_owned() })?;
            mapping.set(field, Some(column));
        }
        Ok(mapping)
    }
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.pairs().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Mapping {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let pairs: Vec<(String, usize)> = Vec::deserialize(deserializer)?;
        let pairs = pairs.iter().map(|(key, column)| (key.as_str(), *column));
        Mapping::from_pairs(pairs).map_err(D::Error::custom)
    }
}
