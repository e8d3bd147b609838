"""Our own small page layout on reportlab's canvas: texts, tables, pages; it knows nothing of protocols."""
