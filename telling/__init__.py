"""What says things in words, tables and formulas: a history in, words out, without a screen."""
