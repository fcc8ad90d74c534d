"""How many mails a second become conversations, beside other programs and bare parsing."""
