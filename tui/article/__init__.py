"""The article on the screen: wrapping, units of reading, marks, and the widget that shows them."""
