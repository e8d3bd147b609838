"""The expertise of a draft act: who reviews it with which interests, what they find, what the body replies."""
