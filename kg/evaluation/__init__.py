"""How good a build is: its facts against gold that a reader wrote, by question, by rule and by confidence."""
