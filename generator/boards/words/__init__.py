"""What every surface says alike: text, dates, people, orders, the scoreboard."""
