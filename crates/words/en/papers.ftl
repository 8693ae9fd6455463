# Ledgers and task tables (.xlsx)
papers-font-body = FangSong
papers-font-head = SimHei
papers-provisional-mark = {" "}(provisional)
papers-not-written = The workbook could not be made: { $why }
papers-too-many = Too many rows for a workbook
papers-next-sheet = { $name } ({ $no })
papers-goes-on = … (too long for this cell: { $parts } more on sheet "{ $sheet }" from row { $row })
papers-erased = (lawfully erased, or not disclosed)
papers-post-held = { $post } ({ $holder })
papers-post-vacant = { $post } (vacant)
papers-not-listed = Please choose from the list

ledger-sheet = Ledger
ledger-no = No.
ledger-number = Matter
ledger-problem-kind = Kind of problem
ledger-title = Problem
ledger-detail = What it shows in
ledger-source = Source
ledger-found-on = Found on
ledger-unit = Unit concerned
ledger-cause = Cause
ledger-standard = Goal
ledger-measure = Measure
ledger-remedy = Kind of remedy
ledger-leader = Leader responsible
ledger-lead-section = Lead section
ledger-owner = Owner (post)
ledger-supporting = Supporting sections
ledger-start = Started on
ledger-due = Due on
ledger-extension = Extensions
ledger-progress = Progress
ledger-completion = Completion
ledger-evidence = Evidence
ledger-mechanism = Mechanism left
ledger-checkers = Checkers
ledger-findings = Findings
ledger-checked-on = Checked on
ledger-closing = Closing
ledger-closed-on = Closed on
ledger-look-back = Look-backs
ledger-remark = Remarks
ledger-light = Light
ledger-id = Id
ledger-problem = { $heading }: { $problem }
ledger-extended =
    { $count ->
        [one] first limit { $first }, extended once
       *[other] first limit { $first }, extended { $count } times
    }
ledger-percent = { $percent }% done
ledger-progress-is = { $percent }% done. { $on }: { $note }
ledger-progress-was = { $on }: { $note }
ledger-done-not-yet = not begun
ledger-done-under-way = under way
ledger-done-nearly = nearly done
ledger-done = done
ledger-done-standing = standing duty
ledger-closing-asked = asked for
ledger-closing-agreed = agreed
ledger-closing-returned = sent back
ledger-check = { $checker } ({ $on }): { $holds }. { $findings }
ledger-check-holds = passed
ledger-check-fails = not passed
ledger-look-done = { $on } { $by }: { $holds }. { $note }
ledger-look-holds = holds
ledger-look-fails = relapsed
ledger-look-next = look back on { $on }
ledger-remark-stage = Stage: { $stage }
ledger-remark-merged = Merged into matter { $into }
ledger-remark-suspended = Suspended: { $reason }; look again on { $on }
ledger-remark-relapses =
    { $count ->
        [one] Relapsed once
       *[other] Relapsed { $count } times
    }
ledger-remark-returns =
    { $count ->
        [one] Declined once
       *[other] Declined { $count } times
    }
ledger-remark-sent-back =
    { $count ->
        [one] Sent back once
       *[other] Sent back { $count } times
    }
ledger-remark-closed = Closed by { $by }
ledger-remark-sealed = Sealed: only for those who may know

tasks-sheet = Tasks
tasks-sheet-of = Tasks-{ $campaign }
tasks-no = No.
tasks-task = Task
tasks-step = Steps
tasks-goal = Goal
tasks-leader = Leader responsible
tasks-lead-section = Lead section
tasks-supporting = Supporting sections (units)
tasks-owner = Owner
tasks-due = Due on
tasks-stage = Stage
tasks-remark = Remarks
tasks-no-owner = The plan names no owner
tasks-no-due = The plan names no date
tasks-no-deliverable = The plan names no result that can be checked

rest-sheet = Continued
rest-sheet-name = Sheet
rest-row = Row
rest-column = Column
rest-part = Part
rest-text = Text

options-sheet = Options

about-sheet = About
about-marking = Marking
about-day = As of
about-moment = Made at
about-origin = Log
about-log-size = Events in the log
about-tree-head = Tree head
about-policy = Policy number
about-calendar = Calendar version
about-seen = What is listed
about-seen-text = Only matters that whoever took this copy may see; the others are neither listed nor counted.
about-rows = Rows on "{ $sheet }"
about-rows-of = { $rows } ({ $title })
about-lights = How lights are computed
about-lights-text =
    The system computes each light for the day named above; uploads and log-ins do not count.
    Red: past the limit without an approved extension.
    Yellow: a milestone missed, or the share of time used exceeds the share done by { $points } points; also when signing or planning is late.
    Blue: no more than { $days } working days or { $percent }% of the span left, whichever is longer.
    Green: on plan.
    Grey: suspended for a listed reason.
about-lights-none = No policy is adopted yet, so there are no lights.
about-provisional = Provisional days
about-provisional-text = A day marked provisional lies in a year whose holidays are not yet published. It is counted with weekends and statutory days, and will be counted again.
about-lists = Lists
about-lists-text = Kind of problem, source, remedy, completion, closing and light take only the words of their lists. The last column is hidden: it is the id by which a later import finds the row. Please leave it as it is.
about-rest = Long texts
about-rest-text = A cell holds 32767 characters. A longer text is not cut: it goes on on the sheet "Continued", and its cell names the row.
about-verify = How to check
about-verify-text = Run bihuan verify: it computes the whole log again. At the number of events above, the tree head must be the same to the letter. If it differs, the log or this workbook was changed.
