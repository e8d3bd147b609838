"""The expertise of a draft act: who reviews it with which interests, what they find, the reply."""
