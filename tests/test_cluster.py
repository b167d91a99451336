"""Past one machine, with the files of docs/cluster: two hosts of GNU parallel over ssh, one of which is cut off in the middle, and two
nodes of Slurm, one of which dies. Each host is a network namespace with its own sshd, a node is a slurmd on loopback. All documents
are there at the end, once each."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from test_batch import page
from testing import ROOT, Skip

DOCUMENTS = 60
SHARDS = 12
PATIENCE = 600  # seconds, for what takes some on a quiet machine


def needs(program, *programs):
    if "clang" in program.name:
        raise Skip("once is enough: what is tested is who runs it")
    if os.geteuid() != 0:
        raise Skip("namespaces and nodes are made by root")
    missing = [name for name in programs if not shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin")]
    if missing:
        raise Skip(f"not installed: {', '.join(missing)} (apt-get install openssh-server parallel iproute2 slurm-wlm munge)")


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=PATIENCE, check=False, **more)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def set_up(*words, **more):
    """The same for what a machine may not allow: a container without namespaces, a host without a name of its own."""
    try:
        return run(*words, **more)
    except AssertionError as fault:
        raise Skip(f"not possible here: {fault}") from fault


def wait_until(holds, what):
    for _ in range(PATIENCE * 20):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError(f"in vain: {what}")


def records_in(folder):
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("shards/*/ledger.jsonl"))


def make_documents(folder):
    (folder / "in").mkdir()
    for number in range(DOCUMENTS):
        (folder / f"in/{number}.html").write_text(page(number))
    (folder / "in/bad.html").write_text("<p>nothing")


def same_as_one_run(program, folder, merged):
    """The sheets are those of one run over everything, and each input has one record that counts."""
    program("convert", "-o", "whole/", folder / "in", folder=folder)
    sheets = {path.name: path.read_bytes() for path in (folder / "whole").glob("*.json")}
    assert len(sheets) == DOCUMENTS
    assert {path.name: path.read_bytes() for path in merged.glob("*.json")} == sheets
    uris = [json.loads(line)["uri"] for line in (merged / "ledger.jsonl").read_text().splitlines()]
    assert sorted(uris) == sorted(str(path) for path in (folder / "in").iterdir()), "not once each"


# Hosts

SSHD = """
Port 22
HostKey {folder}/host-key
AuthorizedKeysFile {folder}/key.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication no
MaxStartups 100
"""
SSH = """
Host *
  IdentityFile {folder}/key
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
  ConnectTimeout 10
  ServerAliveInterval 2
  ServerAliveCountMax 2
"""


@contextmanager
def hosts(folder, names):
    """Network namespaces, each with its sshd, and one for who calls them, all of which end with the block. Gives
    {name: address}, the name of the caller's namespace."""
    hub, addresses = f"cs{os.getpid()}", {}
    (folder / "sshd.conf").write_text(SSHD.format(folder=folder))
    (folder / "ssh.conf").write_text(SSH.format(folder=folder))
    for name in ("host-key", "key"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
    Path("/run/sshd").mkdir(exist_ok=True)
    with ExitStack() as stack:
        def namespace(name):
            set_up("ip", "netns", "add", name)
            stack.callback(end_namespace, name)
            run("ip", "-n", name, "link", "set", "lo", "up")
        namespace(hub)
        for number, name in enumerate(names):
            own = hub + name
            namespace(own)
            set_up("ip", "link", "add", f"{own}0", "netns", hub, "type", "veth", "peer", "name", "up0", "netns", own)
            for place, device, address in ((hub, f"{own}0", 1), (own, "up0", 2)):
                run("ip", "-n", place, "address", "add", f"10.203.{number}.{address}/24", "dev", device)
                run("ip", "-n", place, "link", "set", device, "up")
            addresses[name] = f"10.203.{number}.2"
            set_up("ip", "netns", "exec", own, shutil.which("sshd") or "/usr/sbin/sshd", "-f", folder / "sshd.conf")
        yield addresses, hub


def end_namespace(name):
    for pid in run("ip", "netns", "pids", name).split():
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:
            pass
    run("ip", "netns", "del", name)


def test_two_hosts_one_cut_off(program):
    needs(program, "ip", "sshd", "ssh", "ssh-keygen", "parallel")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make_documents(folder)
        with hosts(folder, ["a", "b"]) as (addresses, hub):
            environment = {**os.environ, "HOSTS": ",".join(addresses.values()), "SHARDS": str(SHARDS), "CHECKSHEET": str(program.path),
                           "PARALLEL_SSH": f"ssh -F {folder}/ssh.conf", "HOME": str(folder)}
            with subprocess.Popen(["ip", "netns", "exec", hub, ROOT / "docs/cluster/parallel.sh", folder / "out", folder / "in"], cwd=folder,
                                  env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as call:
                wait_until(lambda: records_in(folder / "out") > DOCUMENTS // 6 or call.poll() is not None, "the first documents")
                run("ip", "-n", hub, "link", "set", f"{hub}b0", "down")
                said = call.communicate(timeout=PATIENCE)[0]
            assert call.returncode == 0, said
        log = [line.split("\t") for line in (folder / "out/parallel.log").read_text().splitlines()[1:]]
        done = {host: [line for line in log if line[1].endswith(host) and line[6] == "0"] for host in addresses.values()}
        # Of a job that is done again, the log has the last try only.
        assert all(line[6] == "0" for line in log) and sorted(int(line[0]) for line in log) == list(range(1, SHARDS + 1)), log
        assert done[addresses["a"]] and len(done[addresses["b"]]) < SHARDS // 2, f"the host was not cut off: {log}"
        same_as_one_run(program, folder, folder / "out/all")


# Nodes

SLURM = """
ClusterName=test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={ports[0]}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/controller.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/controller.log
SlurmdLogFile={folder}/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=1
SlurmdTimeout=10
KillWait=5
NodeName=one NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=4000
NodeName=two NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=4000
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(count):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def end_of(path):
    try:
        os.kill(int(path.read_text()), signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        pass


@contextmanager
def nodes(folder):
    """munged, slurmctld and two slurmd, which end with the block; gives the environment of Slurm's commands."""
    (folder / "munge").mkdir(mode=0o700)
    (folder / "munge/key").write_bytes(os.urandom(1024))
    (folder / "munge/key").chmod(0o400)
    (folder / "slurm.conf").write_text(SLURM.format(folder=folder, ports=free_ports(3), host=socket.gethostname().split(".")[0]))
    environment = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf"), "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    with ExitStack() as stack:
        stack.callback(end_of, folder / "munge/pid")
        set_up("munged", "--force", *(f"--{name}={folder}/munge/{file}" for name, file in
                                   (("key-file", "key"), ("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"), ("seed-file", "seed"))), env=environment)
        (folder / "state").mkdir()
        stack.callback(end_of, folder / "controller.pid")
        set_up("slurmctld", env=environment)
        for name in ("one", "two"):
            (folder / f"spool-{name}").mkdir()
            stack.callback(kill_node, folder, name)
            set_up("slurmd", "-N", name, env={**environment, "NODE_MARK": mark_of(folder, name)})
        wait_until(lambda: run("sinfo", "-h", "-t", "idle", "-o", "%D", env=environment).strip() == "2", "two idle nodes")
        yield environment


def processes():
    """{pid: (parent, environment, as far as it may be read)}"""
    table = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = path.read_text().split(" (", 1)
            parent = int(rest.rsplit(") ", 1)[1].split()[1])
            table[int(pid)] = (parent, path.with_name("environ").read_bytes() if parent == 1 else b"")
        except OSError:
            continue
    return table


def steps_of(folder, node):
    """The processes of a node: what has its mark from slurmd, and what that started."""
    table = processes()
    found = {pid for pid, (_, environment) in table.items() if mark_of(folder, node).encode() in environment}
    while more := {pid for pid, (parent, _) in table.items() if parent in found} - found:
        found |= more
    return found


def mark_of(folder, node):
    return f"{folder}/{node}.mark"


def kill_node(folder, node):
    """All at once, as a power cut does: none of it is left to tell the controller that a task of its was killed."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in steps_of(folder, node):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass


def test_two_nodes_one_dies(program):
    needs(program, "munged", "slurmctld", "slurmd", "sbatch")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        make_documents(folder)
        with nodes(folder) as environment:
            environment |= {"OUTPUT": str(folder / "out"), "INPUT": str(folder / "in"), "CHECKSHEET": str(program.path)}
            job = run("sbatch", "--parsable", "--export=ALL", f"--array=1-{SHARDS}", ROOT / "docs/cluster/slurm-array.sbatch", cwd=folder, env=environment).strip()
            wait_until(lambda: records_in(folder / "out") > DOCUMENTS // 6, "the first documents")
            wait_until(lambda: len(steps_of(folder, "two")) > 1, "a task on the second node")
            kill_node(folder, "two")
            wait_until(lambda: not in_queue(job, environment), "the end of the job")
            program("merge", "-o", folder / "out/all", *sorted((folder / "out/shards").iterdir()))
            assert len(list((folder / "out/shards").iterdir())) == SHARDS
        same_as_one_run(program, folder, folder / "out/all")


def in_queue(job, environment):
    """Whether something is left of a job."""
    done = subprocess.run(["squeue", "-h", "-j", job], env=environment, capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) if done.returncode == 0 else "Invalid job id" not in done.stderr
