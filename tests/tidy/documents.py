"""What the documents say of the tree is so."""

import re

from tree import Finding


def _anchor(heading):
    """How the usual renderers name a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def _without_code(text):
    return re.sub(r"(?s)```.*?```|`[^`\n]*`", lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def check_links(tree):
    """Every link of a document leads to a file or heading that is there."""
    for file in tree.ending(".md"):
        text = _without_code(file.text)
        for match in re.finditer(r"\]\(([^)\s]+)\)", text):
            target = match[1]
            if "://" in target or target.startswith("mailto:"):
                continue
            path, _, anchor = target.partition("#")
            found = (tree.root / file.path).parent / path if path else tree.root / file.path
            line = text.count("\n", 0, match.start()) + 1
            if not found.exists():
                yield Finding(file.path, line, f"links to `{target}`, which is not there",
                              "name a file by its path from this document")
            elif anchor and found.suffix == ".md":
                headings = re.findall(r"(?m)^#+ (.+)$", found.read_text(encoding="utf-8"))
                if anchor not in map(_anchor, headings):
                    yield Finding(file.path, line, f"links to `{target}`: no such heading",
                                  "name a heading of that document")
