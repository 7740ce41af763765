"""What is on screen, as data: functions from results to what the stage draws."""
