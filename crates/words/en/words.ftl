# Examples that the tests of this package use.
words-example = { $what }: { $count } { $count ->
    [one] item
   *[other] items
}
words-value = { $value }
