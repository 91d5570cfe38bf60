"""Every rule of scripts/check_layout meets one deliberate mistake, and a clean tree passes."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/check_layout"

CLEAN = {
    "src/CMakeLists.txt": "gw_capability(members)\ngw_capability(meetings NEEDS members)\ngw_capability(tasks)\n",
    "src/members/members.h": "// Members.\nstruct Member {};\n",
    "src/members/members_store.h": "// The SQL of members.\n",
    "src/members/members_store.cpp": '#include "members/members_store.h"\nauto sql = "SELECT id FROM members";\n',
    "src/members/members.cpp": '#include "members/members.h"\n',
    "src/meetings/meetings.cpp": '#include "members/members.h"\n// It would try { } catch (...) here.\n',
    "src/tasks/tasks.cpp": '#include "platform/call.h"\nauto text = "Select the members from the list";\n',
    "src/platform/call.h": "// A call.\n",
    "src/platform/db/sqlite.cpp": "#include <sqlite3.h>\n",
    "migrations/0001_members.sql": "-- Members of units.\nCREATE TABLE members (id BIGINT PRIMARY KEY, name TEXT);\n",
    "messages/vi/members.json": json.dumps({"members.name": "Tên"}),
    "messages/en/members.json": json.dumps({"members.name": "Name"}),
    "messages/hi/members.json": json.dumps({"members.name": "नाम"}),
    "web/src/members/index.ts": "export {};\n",
    "web/src/members/member_list.ts": "export {};\n",
    "web/src/meetings/meeting_list.ts": "import '../members';\n",
}


def check(changes):
    """The output of the script over the clean tree with `changes` written over it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**CLEAN, **changes}.items():
            file = pathlib.Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr


class CheckLayout(unittest.TestCase):
    def refuses(self, changes, *expected):
        code, output = check(changes)
        self.assertEqual(code, 1, output)
        for text in expected:
            self.assertIn(text, output)
        # One mistake gives one line: the rules do not speak about anything else in the tree.
        self.assertEqual(len(output.strip().splitlines()), 1, output)

    def accepts(self, changes):
        code, output = check(changes)
        self.assertEqual(code, 0, output)

    def test_a_clean_tree_passes(self):
        code, output = check({})
        self.assertEqual((code, output), (0, "layout is fine: 3 capabilities\n"))

    def test_a_capability_includes_only_what_it_needs(self):
        self.refuses({"src/tasks/tasks.cpp": '#include "members/members.h"\n'}, "tasks does not NEED members")

    def test_a_capability_includes_only_public_headers_of_others(self):
        self.refuses({"src/meetings/meetings.cpp": '#include "members/members_store.h"\n'}, "private to members")

    def test_platform_knows_no_capability(self):
        self.refuses({"src/platform/call.cpp": '#include "members/members.h"\n'}, "platform may not include")

    def test_evaluation_knows_nobody(self):
        self.refuses({"src/evaluation/plan.cpp": '#include "platform/call.h"\n'}, "evaluation may not include")

    def test_each_library_is_known_to_one_folder(self):
        for include in ("sqlite3.h", "libpq-fe.h", "boost/asio.hpp", "boost/beast/http.hpp", "openssl/ssl.h",
                        "boost/json.hpp", "spdlog/spdlog.h", "toml++/toml.h", "CLI/CLI.hpp", "sodium.h", "zip.h"):
            with self.subTest(include):
                self.refuses({"src/members/members.cpp": f"#include <{include}>\n"}, f"may not include {include}")

    def test_libraries_are_allowed_where_they_live(self):
        self.accepts({"src/platform/http/server.cpp": "#include <boost/asio.hpp>\n#include <openssl/ssl.h>\n",
                      "src/platform/config/config.cpp": "#include <toml++/toml.h>\n",
                      "src/main.cpp": "#include <CLI/CLI.hpp>\n"})

    def test_sql_stays_in_the_store(self):
        for sql in ('"select id "\n    "from members"', 'R"(insert into members values (1))"',
                    '"UPDATE members SET a = 1"', '"delete from members"', '"with x as (select 1) select 2"'):
            with self.subTest(sql):
                self.refuses({"src/members/members.cpp": f"auto sql = {sql};\n"}, "SQL belongs in a _store.cpp file")

    def test_nobody_writes_the_tables_of_another(self):
        self.refuses({"src/tasks/tasks_store.cpp": 'auto sql = "DELETE FROM members";\n'},
                     "tasks writes the table members, which belongs to members")
        self.refuses({"src/tasks/tasks_store.cpp": 'void f() { db.insert("members", member); }\n'}, "belongs to members")

    def test_a_capability_catches_nothing_except_in_jobs_and_imports(self):
        code = "void f() { try { g(); } catch (...) {} }\n"
        self.refuses({"src/members/members.cpp": code}, "catches nothing")
        self.accepts({"src/members/members_jobs.cpp": code})

    def test_headers_say_what_they_are_for(self):
        self.refuses({"src/members/members.h": "#pragma once\n"}, "start with a // comment")

    def test_names_that_say_nothing_are_refused(self):
        self.refuses({"src/members/member_utils.cpp": ""}, "'utils' in the file name")
        self.refuses({"src/members/members.h": "// Members.\nclass MemberManager {};\n"}, "'manager' in the type")
        self.refuses({"web/src/members/member_list.ts": "export interface MemberData {}\n"}, "'data' in the type")
        self.refuses({"web/src/members/MemberService.svelte": ""}, "'service' in the file name")

    def test_domain_words_are_names(self):
        self.accepts({"src/members/members.h": "// Members.\nstruct AdviceItem {};\nstruct Information {};\n"})

    def test_long_files_are_refused_unless_generated(self):
        long = "\n" * 501
        for name in ("src/members/members.cpp", "web/src/members/members.css", "scripts/long", "tests/long_test.py"):
            with self.subTest(name):
                self.refuses({name: long}, "501 lines, over 500")
        self.accepts({"web/src/platform/types.ts": "// This file was auto-generated.\n" + long})

    def test_migrations_use_types_both_databases_share(self):
        for column in ("INTEGER", "boolean", "TIMESTAMP"):
            with self.subTest(column):
                self.refuses({"migrations/0002_tasks.sql": f"-- Tasks.\nCREATE TABLE tasks (x {column});\n"}, column.upper())
        self.refuses({"migrations/0002_tasks.sql": "CREATE TABLE tasks (x TEXT);\n"}, "start with a -- comment")
        self.refuses({"migrations/0002_tasks.sql": "-- Tasks.\nSELECT 1::text;\n"}, "CAST")

    def test_the_three_languages_have_the_same_keys(self):
        self.refuses({"messages/hi/members.json": "{}"}, "messages/hi: members.name is missing")
        self.refuses({"messages/en/tasks.json": json.dumps({"members.name": "Name"})}, "is also in")
        self.refuses({"messages/en/members.json": json.dumps({"members.name": ""})}, "has no text")

    def test_the_messages_that_problems_name_exist(self):
        self.refuses({"src/members/members.cpp": 'throw Refusal(Reason::invalid, {"name", "members.gone"});\n'},
                     "the message members.gone is in no messages/en")
        self.accepts({"src/members/members.cpp": 'problems.push_back({field + "/1", "members.name", {{"a", b}}});\n'})
        self.accepts({"src/members/members.cpp": 'call.require("members.read", unit_id);\n'})

    def test_web_capabilities_meet_through_their_index(self):
        self.refuses({"web/src/meetings/meeting_list.ts": "import x from '../members/member_list';\n"}, "its index.ts")
        self.refuses({"web/src/ui/field.ts": "import x from '../members';\n"}, "stands below")
        self.accepts({"web/src/app/pages.ts": "const page = () => import('../members/member_list');\n"})

    def test_a_folder_that_is_not_declared_is_found(self):
        self.refuses({"src/visits/visits.cpp": ""}, "is not declared in src/CMakeLists.txt")


if __name__ == "__main__":
    unittest.main()
