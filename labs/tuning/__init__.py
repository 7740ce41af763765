"""Fair tuning: every lane's best settings, with the same number of tries each."""
