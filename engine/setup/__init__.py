"""What is run: the experiment, its link, and the numbers of it that can be turned."""
