# Importing ledgers: workbooks, columns, rows.

## Kinds of files, filled into { $kind } of table-foreign and document-foreign

file-old-excel = an old Excel or WPS table (.xls, .et)
file-xlsb = a binary Excel workbook (.xlsb)
file-docx = a Word document (.docx)

## Workbooks that are refused

table-encrypted = The workbook has a password. Please remove it, save the workbook as .xlsx and import that.
table-old-excel = This is an old Excel or WPS table (.xls, .et). Please save it as .xlsx with Excel or WPS and import that.
table-no-sheet = The workbook has no worksheet.
table-no-such-sheet = The workbook has no worksheet called “{ $name }”.
table-too-many-rows = The table has more than { $limit } rows. Please import it in several files.
table-too-much-text = The table has more than { $limit } MiB of text. Please import it in several files.
table-no-such-cell = There is no such cell, or the text is too long for one.

book-damaged = The workbook is damaged or incomplete. Please open the original with Excel or WPS, save it as .xlsx and import that.
book-too-many-entries = The workbook has { $count } parts, more than { $limit }, and is not read.
book-too-much-inflated = The workbook is too large once unpacked and is not read. Please save the sheet to be imported on its own and import that.
book-bomb = “{ $entry }” in the workbook is packed beyond reason. It may do harm and is not read.
book-entry-encrypted = “{ $entry }” in the workbook has a password. Please remove it.
book-bad-name = The workbook has a part with a strange name, “{ $entry }”. It may do harm and is not read.
book-lying-size = “{ $entry }” in the workbook is not as large as it says: damaged or tampered with, and not read.
book-method = “{ $entry }” in the workbook is packed by a method that is not supported. Please save it as .xlsx with Excel or WPS.
book-no-main-part = There is no workbook in the file. Please open the original with Excel or WPS, save it as .xlsx and import that.
book-malformed = The part “{ $part }” of the workbook is damaged. Please open the original with Excel or WPS, save it as .xlsx and import that.
book-dtd = The part “{ $part }” of the workbook has a document type declaration, which no ordinary workbook has. It is not read.
book-entity = The part “{ $part }” of the workbook has entities of its own, which no ordinary workbook has. It is not read.
book-too-deep = The part “{ $part }” of the workbook nests deeper than { $limit } and is not read.
book-token-too-long = A stretch of the part “{ $part }” of the workbook is longer than { $limit } MiB. It is not read.
book-too-many-elements = The part “{ $part }” of the workbook has more than { $limit } elements. Please delete blank rows and columns, or import it in several files.

## Columns

import-title = Problem
import-detail = What it shows in
import-problem = Kind of problem
import-unit = Unit concerned
import-source = Source
import-found-on = Found on
import-remedy = Kind of remedy
import-owner = Owner (post)
import-due = Due on
import-standard = Goal
import-measure = Measure
import-rule = Rule it rests on
import-procedure = Procedure
import-checking = Checking post
import-evidence = Evidence
import-id = Id
import-no-such-field = There is no field “{ $key }”.

## Rows that cannot be taken

row-no-such-day = Row { $row }, column “{ $column }”: “{ $value }” is no date, month { $month } has no day { $day }
row-unclear-day = Row { $row }, column “{ $column }”: “{ $value }” can be { $one } or { $other }
row-past = Row { $row }, column “{ $column }”: “{ $value }” lies before today ({ $today })
row-future = Row { $row }, column “{ $column }”: “{ $value }” lies after today ({ $today })
row-unknown-unit = Row { $row }, column “{ $column }”: there is no unit “{ $value }”
row-unknown-post = Row { $row }, column “{ $column }”: there is no post “{ $value }”, nor a person of that name with just one post
row-unknown-problem = Row { $row }, column “{ $column }”: “{ $value }” is none of the sixteen problems
row-already-there = Row { $row }, column “{ $column }”: “{ $value }” is matter { $matter } of the ledger already
row-failed-formula = Row { $row }, column “{ $column }”: a formula failed ({ $value })

## What is said beside a cell

cell-blank = “{ $column }” is missing
cell-not-a-day = “{ $value }” is not a date. Please write it like 2026-02-28
cell-unknown-word = “{ $value }” is none of the words allowed: { $allowed }
cell-unknown-word-near = “{ $value }” is none of the words allowed. Did you mean { $suggestion }?
cell-hidden-character = “{ $value }” holds a character that does not show ({ $character }); please delete it
cell-too-long = More than { $limit } characters
cell-repeated = The same as row { $first }
cell-contradicts = Contradicts “{ $said }” in row { $first }
cell-no-such-day = Month { $month } has no day { $day }. Please write a date like 2026-02-28
cell-no-such-day-near = Month { $month } has no day { $day }. Please write a date like { $suggestion }
cell-unclear-day = This can be { $one } or { $other }; please write the whole date
cell-past = The limit lies before today ({ $today }). For old matters tick “old matters”
cell-future = After today ({ $today })
cell-unknown-unit = There is no unit “{ $value }”
cell-unknown-unit-near = There is no “{ $value }”. Did you mean { $suggestion }?
cell-unknown-post = There is no post “{ $value }”
cell-unknown-post-near = There is no post “{ $value }”. Did you mean { $suggestion }?
cell-unknown-problem = “{ $value }” is none of the sixteen problems
cell-unknown-problem-near = “{ $value }” is none of the sixteen problems. Did you mean { $suggestion }?
cell-already-there = The same as matter { $matter } of the ledger
cell-failed-formula = The formula failed; please enter a text or a date

cell-understood = “{ $value }” was taken for { $understood }
cell-understood-no-day = “{ $value }” is no date; imported without a limit
cell-only-first = “{ $value }” has several names; only the first was taken: { $understood }
