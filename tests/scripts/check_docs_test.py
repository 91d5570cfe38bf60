"""scripts/check_docs finds what pages name and the project does not have."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check_docs"
FILES = {"Makefile": "check:\n\ttrue\n", "src/app.cpp": "", "docs/glossary.md": "# Words we use\n"}


def check(page):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**FILES, "README.md": page}.items():
            file = pathlib.Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


class CheckDocs(unittest.TestCase):
    def test_a_true_page_passes(self):
        page = ("[words](docs/glossary.md#words-we-use) `src/app.cpp` `src/*.cpp` `make check` `src/<capability>/`\n"
                "[site](https://example.org/)\n```\n`src/gone.cpp`\n```\n")
        self.assertEqual(check(page), (0, "docs are fine: 2 pages\n"))

    def test_each_mistake_is_named(self):
        for page, expected in (("[words](docs/gone.md)", "leads nowhere"),
                               ("[words](docs/glossary.md#gone)", "a heading that is not there"),
                               ("`src/gone.cpp`", "`src/gone.cpp` is not there"),
                               ("`GONE.md` and `gone.md`", "`gone.md` is not there"),
                               ("`make gone`", "no target gone")):
            with self.subTest(page):
                code, output = check(page)
                self.assertEqual(code, 1, output)
                self.assertIn(f"README.md: ", output)
                self.assertIn(expected, output)


if __name__ == "__main__":
    unittest.main()
