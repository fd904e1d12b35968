"""What is asked first, where no register is open yet."""
