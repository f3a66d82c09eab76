"""What identifies a person in any text: numbers, addresses and names. It knows nothing of the rest of the toolkit."""
