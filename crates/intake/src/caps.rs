//! How much a file may ask of us. Every limit on input stands here, with its reason; nothing is read
//! without one, and sizes that a file declares about itself are never believed.

/// Bytes of a file as it arrives: 20 MiB. The longest plans seen are below 2 MiB, pictures included.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;

/// Entries of a zip package. Word writes 12 to 200; each one costs memory before it is looked at.
pub const ZIP_ENTRIES: usize = 2_000;

/// Bytes that all parts of a package may declare, or that those we read may really inflate to: 200 MiB.
pub const INFLATED_BYTES: u64 = 200 * 1024 * 1024;

/// Bytes one XML part may inflate to: 64 MiB, about ten thousand printed pages of Word's XML. It bounds
/// the time a refusal takes.
pub const PART_BYTES: u64 = 64 * 1024 * 1024;

/// How many times larger than its packed form an entry may be, once it is above [`RATIO_FROM`].
/// Word's own XML packs 10 to 40 times; a bomb packs 1,000 times.
pub const RATIO: u64 = 100;

/// Inflated bytes from which [`RATIO`] is asked for: small parts of blanks pack absurdly well.
pub const RATIO_FROM: u64 = 1024 * 1024;

/// Nested XML elements. Text in a cell in a text box in a group stands at about 35, and every nested
/// table or content control adds two or three, so 64 refuses real files pasted from web pages. The
/// reader keeps its own stack on the heap, so 256 costs nothing.
pub const XML_DEPTH: usize = 256;

/// Bytes of one XML tag or one stretch of text: 8 MiB. Word keeps whole drawings in one attribute.
pub const XML_TOKEN_BYTES: u64 = 8 * 1024 * 1024;

/// Elements in one XML part. Word writes about six a run of ten to twenty characters, so the longest plan
/// seen has below 100,000; two million take two seconds to walk.
pub const XML_ELEMENTS: usize = 2_000_000;

/// Bytes of a part that only describes (styles, numberings, relationships): 16 MiB. We keep what these
/// say, while the main part passes by.
pub const PROPERTY_PART_BYTES: u64 = 16 * 1024 * 1024;

/// Elements of such a part. A numbering takes about 75, so 2,600 numberings fit; Word itself becomes
/// unusable before.
pub const PROPERTY_ELEMENTS: usize = 200_000;

/// Fields within fields; deeper ones are counted as closed. Word's own limit is about twenty.
pub const FIELD_DEPTH: usize = 32;

/// Characters of text a document may hold: 4 million, forty times the longest plan seen.
pub const TEXT_CHARS: usize = 4_000_000;

/// Columns a table cell may span, and columns of a sheet. Word allows 63 in a table.
pub const COLUMNS: usize = 256;

/// Bytes of an Excel workbook as it arrives: 32 MiB. Ledgers come with pictures in them, which are not
/// read; a `.csv` has none and is held to [`FILE_BYTES`].
pub const BOOK_BYTES: usize = 32 * 1024 * 1024;

/// Worksheets of a workbook that are looked at.
pub const SHEETS: usize = 64;

/// Inflated bytes of a worksheet that are read to see whether it is the one.
pub const SHEET_HEAD_BYTES: u64 = 4 * 1024 * 1024;

/// Elements of a worksheet that are read for it.
pub const SHEET_HEAD_ELEMENTS: usize = 100_000;

/// Bytes one worksheet may inflate to: 128 MiB. A sheet whose million rows were all given a height, and
/// of which twenty hold anything, has about 90.
pub const SHEET_BYTES: u64 = 128 * 1024 * 1024;

/// Elements of a worksheet: two for a cell, and blank cells with borders count too.
pub const SHEET_ELEMENTS: usize = 4_000_000;

/// Rows of a sheet that are not blank.
pub const ROWS: usize = 100_000;

/// Cells of a sheet that are not blank: a ledger of 30,000 rows with all its 32 columns.
pub const CELLS: usize = 1_000_000;

/// Bytes of text that the cells of a sheet may show together, one text counted as often as it is
/// shown: 24 MiB, eight million characters. A file of 1 KiB can show a long text a million times.
pub const TABLE_TEXT_BYTES: usize = 24 * 1024 * 1024;

/// Merged ranges of a sheet.
pub const MERGES: usize = 50_000;

/// Characters of a matter's title (事项、问题描述).
pub const TITLE_CHARS: usize = 200;

/// Characters of a longer text of a matter: what is wrong, the measure, the standard.
pub const DETAIL_CHARS: usize = 5_000;

/// Problems of a table that are listed, and remarks: more bad cells than that are a wrong mapping, and
/// nobody reads on.
pub const PROBLEMS: usize = 50_000;

/// Different unknown names for which the nearest known one is looked for; comparing costs time.
pub const NEAREST: usize = 500;

/// Characters of one cell: the spreadsheet programs' own limit.
pub const CELL_CHARS: usize = 32_767;

/// Rows searched for the header of a sheet; titles, notes and blank rows come before it.
pub const HEADER_ROWS: usize = 30;

/// Bytes of a policy file: 256 KiB. The default profile has about five.
pub const POLICY_BYTES: usize = 256 * 1024;
