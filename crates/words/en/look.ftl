# Looks: short labels, units, what stands on printed sheets
look-menu = Menu
look-day-year = { $weekday }, { $day } { $month } { $year }
look-waited = { $days ->
    [0] since today
    [one] 1 day waiting
   *[other] { $days } days waiting
}
look-count-unit = { $count ->
    [one] matter
   *[other] matters
}
look-share-of = { $part } of { $all }
look-key-space = Space
look-seq = Entry { $seq }
look-leaf = fingerprint { $hash }
look-print-matter = Print
look-sheet = Sheet of a matter
look-sheet-printed = { $who }, printed { $day }
look-sheet-check = Behind each step stand the number and the fingerprint of its entry in the log. When this was printed the log had { $size } entries and the tree head { $root }. Any entry can be checked by its number on the page of the log.
look-ledger-printed = As of { $day }: { $total } in all, { $shown } on this page
told-standard = Standard
told-rule = Rule
told-procedure = Procedure
told-checking = Checked by
told-evidence = Shown by
told-percent = Done
told-proposed = Should be
told-decline-rule = By the rule
told-back-to = Back to
told-into = Into
look-weekday-1 = Mon
look-weekday-2 = Tue
look-weekday-3 = Wed
look-weekday-4 = Thu
look-weekday-5 = Fri
look-weekday-6 = Sat
look-weekday-7 = Sun
told-returns = Returns
look-due = Due
look-ledger-new = The ledger is still empty
look-ledger-new-hint = Read a plan first and see what comes out of it, or begin with a single matter.
look-until-now = now
