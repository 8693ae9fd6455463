# Intake: documents and tables in.

## Kinds of files, filled into { $kind } of document-foreign and table-foreign

file-old-word = an old Word or WPS file (.doc, .wps)
file-encrypted = an Office file with a password
file-pdf = a PDF file
file-image = a picture
file-archive = an archive
file-rtf = an RTF file
file-markup = a web page or an XML file
file-xlsx = an Excel workbook (.xlsx)
file-pptx = a presentation (.pptx)
file-opendocument = an OpenDocument file (.odt, .ods)
file-plain-zip = a zip archive without a Word document

## A document is refused

document-empty = There is no text in the file.
document-too-large = The file is larger than { $limit } MiB. Please remove pictures and import it again.
document-foreign = This is { $kind }, which cannot be read directly. Please save it as a Word document (.docx) or as plain text (.txt in UTF-8 or GB18030) and import that.
document-too-much-text = The file has more than { $limit } characters of text. Please import it in several files.
document-state-secret = The file is marked “{ $mark }”. No state secret may lie on this system; nothing was taken from it.

text-binary = This is not a text file, or it is damaged. Please save it again as a Word document (.docx) or as plain text.
text-damaged-utf8 = There are damaged characters on line { $line }. Please save the original again in UTF-8 and import that.
text-other-encoding = The encoding of the file ({ $guess }, as it seems) cannot be read. Please save it in UTF-8 or GB18030 and import that.

package-damaged = The file is damaged or incomplete. Please open the original in Word or WPS, save it as .docx and import that.
package-too-many-entries = The file has { $count } parts, above the limit of { $limit }; it was not read.
package-too-much-inflated = The file unpacks to more than { $limit } MiB; it was not read.
package-bomb = “{ $entry }” in the file is packed suspiciously tightly; the file may be malicious and was not read.
package-encrypted = “{ $entry }” in the file has a password. Please remove it and import the file again.
package-bad-name = A part of the file has the suspicious name “{ $entry }”; the file may be malicious and was not read.
package-lying-size = “{ $entry }” in the file is not as large as the file says; the file is damaged or was tampered with, and was not read.
package-method = “{ $entry }” in the file is packed by a method that is not supported. Please save the document as .docx in Word or WPS and import that.
package-no-main-part = The file has no main text. Please open the original in Word or WPS, save it as .docx and import that.

xml-malformed = The part “{ $part }” of the file is damaged. Please open the original in Word or WPS, save it as .docx and import that.
xml-dtd = The part “{ $part }” of the file declares a document type, which no Word document does; it was not read.
xml-entity = The part “{ $part }” of the file uses entities of its own, which no Word document does; it was not read.
xml-too-deep = The part “{ $part }” of the file is nested more than { $limit } levels deep; it was not read.
xml-token-too-long = The part “{ $part }” of the file has one piece of more than { $limit } MiB; it was not read.
xml-too-many-elements = The part “{ $part }” of the file has more than { $limit } elements. Please import it in several files.

## What to say after reading a document

note-footnotes = { $count } footnotes or endnotes are not part of the text that was read.
note-comments = { $count } comments are not part of the text that was read.
note-tracked-changes = The file has unsettled revisions: { $inserted } insertions were taken, { $deleted } deletions were left out. Please check that it is final.
note-pictures = { $count } pictures were not read; words in them are missing.
note-hidden-text = { $count } pieces of hidden text were left out.
note-embedded = { $count } embedded files were not read.
note-symbols = { $count } symbols of special fonts are not known; “□” stands for each.
note-number-format = A format of automatic numbers ({ $format }) is not known; its numbers are written as 1, 2, 3.
note-missing-numbering = The automatic numbering of { $count } paragraphs is not defined; they have no number.

## A table is refused

table-empty = There is nothing in the table.
table-too-large = The table is larger than { $limit } MiB. Please import it in several files.
table-foreign = This is { $kind }, which cannot be read directly. Please save it as a CSV table (in UTF-8 or GB18030) and import that.
table-no-header = No header was found. These columns are missing: { $missing }.
table-column-twice = The header has the column “{ $column }” twice. Please keep one.
table-too-many-columns = Row { $row } has more than { $limit } columns. Please check the separator.
table-too-many-cells = The table has more than { $limit } cells. Please import it in several files.
table-cell-too-long = A cell of row { $row } has more than { $limit } characters.
table-open-quote = A quotation mark in row { $row } is never closed.

## Rows with problems

row-blank = Row { $row }, column “{ $column }”: must not be blank
row-not-a-day = Row { $row }, column “{ $column }”: “{ $value }” is not a date
row-unknown-word = Row { $row }, column “{ $column }”: “{ $value }” is none of the words allowed ({ $allowed })
row-hidden-character = Row { $row }, column “{ $column }”: “{ $value }” holds a character that does not show ({ $character }); please type it again
row-too-long = Row { $row }, column “{ $column }”: “{ $value }” has more than { $limit } characters
row-repeated = Row { $row }, column “{ $column }”: “{ $value }” already stands in row { $first }
row-contradicts = Row { $row }, column “{ $column }”: “{ $value }” contradicts “{ $said }” in row { $first }
