"""scripts/with_postgres gives a command a server and takes it away again, however the command ends."""
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/with_postgres"


class WithPostgres(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        os.chmod(self.folder.name, 0o755)
        self.addCleanup(self.folder.cleanup)
        self.environment = {**os.environ, "TMPDIR": self.folder.name}

    def run_with(self, *command):
        return subprocess.run([SCRIPT, *command], env=self.environment, capture_output=True, text=True, timeout=300, check=False)

    def left_over(self):
        return os.listdir(self.folder.name)

    def test_the_command_reaches_the_server_over_the_network_address(self):
        done = self.run_with("sh", "-c", 'psql "$GROUNDWORK_TEST_POSTGRES" -Atc "show server_version; select 6 * 7"')
        self.assertEqual(done.returncode, 0, done.stderr)
        version, answer = done.stdout.split("\n")[:2]
        self.assertRegex(version, r"^15\.")
        self.assertEqual(answer, "42")
        self.assertEqual(self.left_over(), [])

    def test_nobody_gets_in_without_the_password(self):
        done = self.run_with("sh", "-c", 'psql "$(echo "$GROUNDWORK_TEST_POSTGRES" | sed s/:[0-9a-f]*@/:wrong@/)" -c "select 1"')
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("password authentication failed", done.stderr)

    def test_the_exit_code_is_that_of_the_command(self):
        self.assertEqual(self.run_with("sh", "-c", "exit 7").returncode, 7)
        self.assertEqual(self.left_over(), [])

    def test_an_interrupted_run_leaves_nothing_behind(self):
        process = subprocess.Popen([SCRIPT, "sh", "-c", "echo up; exec sleep 60"], env=self.environment,
                                   stdout=subprocess.PIPE, text=True)
        with process:
            self.assertEqual(process.stdout.readline(), "up\n")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(60), 143)
        deadline = time.monotonic() + 60
        while self.left_over() and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(self.left_over(), [])


if __name__ == "__main__":
    unittest.main()
