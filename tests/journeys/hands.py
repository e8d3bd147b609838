"""How somebody uses a page: with a mouse, or with Tab, Enter, Space and the arrows alone."""

from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page

from tests.browser import press

#: More than any form has; whoever has not arrived by then is in a trap.
_MOST_TABS: Final = 250
_IS = "selector => document.activeElement.matches(selector)"
#: What one sees of an element: itself, and the mark its label draws for a radio button or a checkbox.
_SEEN = """element => [[element, null], [element.nextElementSibling, "::before"]].map(([one, part]) => {
  if (!one) return "";
  const style = getComputedStyle(one, part);
  return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth].join();
}).join()"""
_FOCUS_IS_VISIBLE = f"""() => {{
  const [seen, element] = [{_SEEN}, document.activeElement];
  const focused = seen(element);
  // The day, month, year and calendar of a date show their focus themselves, and blur() would begin anew.
  if (element.type === "date") return true;
  element.blur();
  const plain = seen(element);
  element.focus({{focusVisible: true, preventScroll: true}});
  return focused !== plain;
}}"""
_HERE = (
    """() => document.activeElement === document.body ? "" : document.activeElement.outerHTML.split(">")[0]"""
)


@dataclass(frozen=True)
class Hands:
    """Somebody with a mouse at a page; fields are named as their form names them."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address + path)

    def write(self, name: str, text: str) -> None:
        """Write into a field instead of what stands there."""
        self.page.fill(field(name), text)

    def pick(self, name: str, value: str) -> None:
        """Pick an entry of a list."""
        self.page.select_option(field(name), value)

    def mark(self, name: str, value: str = "y") -> None:
        """Mark a radio button or a checkbox."""
        self.page.check(f'{field(name)}[value="{value}"]')

    def press(self, selector: str) -> None:
        """Press a button or follow a link, and wait for the page it leads to."""
        press(self.page, selector)

    def send(self, act: str = "") -> None:
        """Press a button of the page's form, or its only one."""
        self.press(f'#form button[name="act"][value="{act}"]' if act else "#form button:not([name])")

    def do(self, path: str) -> None:
        """Press the button of an act that is one button."""
        self.press(f'main form[action$="{path}"] button')

    def here(self) -> str:
        """Return the path of the page."""
        return self.page.url.removeprefix(self.address).partition("?")[0]

    def reads(self) -> str:
        """Return what the main part says, one space for any white space."""
        return " ".join(self.page.locator("main").inner_text().split())


@dataclass(frozen=True)
class Keys(Hands):
    """Somebody without a mouse."""

    def write(self, name: str, text: str) -> None:
        self.reach(field(name))
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def pick(self, name: str, value: str) -> None:
        self.reach(field(name))
        self._until("ArrowDown", f'{field(name)}:has(option[value="{value}"]:checked)')

    def mark(self, name: str, value: str = "y") -> None:
        wanted = f'{field(name)}[value="{value}"]'
        self.reach(field(name))
        if not self.page.evaluate(_IS, f"{wanted}:checked"):
            self._until("ArrowDown", wanted)
            if not self.page.evaluate(_IS, f"{wanted}:checked"):
                self.page.keyboard.press("Space")

    def press(self, selector: str) -> None:
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def reach(self, selector: str) -> None:
        """Walk on with Tab, round the page if need be, to an element; its focus must be seen."""
        self._until("Tab", selector)
        assert self.page.evaluate(_FOCUS_IS_VISIBLE), f"nobody sees that {selector} has the focus"

    def walk(self) -> list[str]:
        """Walk through the whole page with Tab; return what had the focus without anybody seeing it."""
        unseen: list[str] = []
        for _ in range(_MOST_TABS):
            self.page.keyboard.press("Tab")
            place = str(self.page.evaluate(_HERE))
            if not place:
                return unseen
            if not self.page.evaluate(_FOCUS_IS_VISIBLE):
                unseen.append(place)
        raise AssertionError(f"there is no way out of {self.page.url}")

    def _until(self, key: str, selector: str) -> None:
        for _ in range(_MOST_TABS):
            if self.page.evaluate(_IS, selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{selector} cannot be reached with {key} on {self.page.url}")


def field(name: str) -> str:
    """Return what finds a field of the page's form."""
    return f'main [name="{name}"]'
