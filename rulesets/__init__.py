"""The built-in rulesets: data files, packaged so that an installed copy finds them."""
