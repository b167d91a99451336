"""The commands of the READMEs and of docs/ work: every block that begins ```sh run is run in the root of the tree, in order."""
import re
import subprocess

from testing import ROOT, Skip


def test_commands():
    blocks = [(path, block) for path in [ROOT / "README.md", *ROOT.glob("*/README.md"), *sorted(ROOT.glob("docs/*.md"))] if path.exists()
              for block in re.findall(r"^```sh run\n(.*?)^```", path.read_text(), re.MULTILINE | re.DOTALL)]
    if not blocks:
        raise Skip("no README has a block ```sh run")
    for path, block in blocks:
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=ROOT, capture_output=True, text=True,
                              timeout=900, check=False)
        assert done.returncode == 0, f"{path.relative_to(ROOT)}: exit {done.returncode}\n{block}{done.stderr}"
