"""The closing line of `make test` adds up what each test tool prints."""
import importlib.machinery
import importlib.util
import pathlib
import unittest

PATH = pathlib.Path(__file__).resolve().parents[2] / "scripts/run_tests"
loader = importlib.machinery.SourceFileLoader("run_tests", str(PATH))
run_tests = importlib.util.module_from_spec(importlib.util.spec_from_loader("run_tests", loader))
loader.exec_module(run_tests)

DOCTEST = """[doctest] test cases:  12 |  11 passed | 1 failed | 0 skipped
[doctest] assertions: 100 | 99 passed | 1 failed |
"""
CTEST = """Start testing: Nov 22 11:00 UTC
1/3 Testing: platform
[doctest] test cases: 12 | 12 passed | 0 failed | 0 skipped
Test Passed.
2/3 Testing: meetings
[doctest] test cases:  5 |  3 passed | 2 failed | 0 skipped
Test Failed.
3/3 Testing: flows
Segmentation fault
Test Failed.
"""


class Counting(unittest.TestCase):
    def test_doctest(self):
        self.assertEqual(run_tests.count(DOCTEST), (11, 1))

    def test_ctest_counts_a_crash_as_one_failed(self):
        self.assertEqual(run_tests.count_ctest(CTEST), (15, 3))

    def test_vitest(self):
        self.assertEqual(run_tests.count(" Test Files  2 passed (2)\n      Tests  8 passed (8)\n"), (8, 0))
        self.assertEqual(run_tests.count("      Tests  1 failed | 7 passed (8)\n"), (7, 1))
        self.assertEqual(run_tests.count("      Tests  2 failed (2)\n"), (0, 2))

    def test_node_test_of_both_reporters(self):
        self.assertEqual(run_tests.count("# tests 14\n# pass 13\n# fail 1\n"), (13, 1))
        self.assertEqual(run_tests.count("ℹ pass 13\nℹ fail 0\n"), (13, 0))

    def test_unittest(self):
        self.assertEqual(run_tests.count("Ran 18 tests in 1.9s\n\nOK\n"), (18, 0))
        self.assertEqual(run_tests.count("Ran 18 tests in 1.9s\n\nFAILED (failures=2, errors=1)\n"), (15, 3))


if __name__ == "__main__":
    unittest.main()
