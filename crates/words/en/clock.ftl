# Counting limits (bihuan clock) and the notices of days off.
clock-provisional-mark = provisional
clock-provisional-note = For a year concerned the notice of days off has not been taken in (known: { $first } to { $last }). Counted with weekends and the statutory days already known; it is counted again when the notice is imported.
clock-heading = { $length } from { $start }, due { $due }; { $roll }

clock-length-wd = { $n } working { $n ->
    [one] day
   *[other] days
}
clock-length-nd = { $n } { $n ->
    [one] day
   *[other] days
}
clock-length-month = { $n } { $n ->
    [one] month
   *[other] months
}

clock-roll-none = the last day does not move
clock-roll-statutory = a last day that is a statutory day off moves on (Civil Code, Article 203)
clock-roll-any-day-off = a last day that is a statutory day off or a weekend moves on
clock-roll-working-days = counted in working days, so nothing moves

clock-start-day = the first day does not count (Civil Code, Article 201)
clock-working-day = working day
clock-swapped-working-day = called in to work ({ $name })
clock-weekend = weekend, does not count
clock-statutory-off = day off ({ $name }), does not count
clock-natural-day = counts
clock-month-passed = month complete
clock-month-end = month complete (no such day in this month, so its last day)
clock-last-day-off = last day is a day off ({ $name }), moves on
clock-last-day-weekend = last day is on a weekend, moves on
clock-moved-to = first day after the days off: the limit ends here

weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

feast-new-year = New Year
feast-spring-festival = Spring Festival
feast-qingming = Qingming
feast-labour-day = Labour Day
feast-dragon-boat = Dragon Boat Festival
feast-mid-autumn = Mid-Autumn Festival
feast-national-day = National Day
feast-national-day-and-mid-autumn = National Day and Mid-Autumn Festival

not-a-day = “{ $text }” is not a date. Write year-month-day, such as 2026-09-18, with a year from 1900 to 2199.
not-a-length = “{ $text }” is not a length. Write a whole number from 1 to 65535 and a unit: 5wd (working days), 15d (days) or 1m (month).
not-a-roll = “{ $text }” is not a rule for the last day. Accepted: none, statutory (moves on from a statutory day off), any-day-off (moves on from weekends too).
clock-beyond = { $length } from { $start } runs past the last day this system can count ({ $last }).

notice-header = Line { $line }: the header is “{ $text }”, expected “date,kind,name”.
notice-columns = Line { $line }: “{ $text }” does not have three columns. Write “date,off or work,name of the holiday”.
notice-day = Line { $line }: the first column of “{ $text }” is not a date such as 2027-01-01.
notice-kind = Line { $line }: the second column of “{ $text }” is neither off nor work.
notice-name = Line { $line }: the holiday's name in “{ $text }” is empty or too long (40 characters at most).
notice-twice = Line { $line }: the date of “{ $text }” stands on an earlier line.
notice-empty = Line { $line }: the table holds no day. { $text }
