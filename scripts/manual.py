#!/usr/bin/env python3
"""Writes the manual page gatelodge(8) from what the command says about itself.

Usage: gatelodge --experimental-dump-help | scripts/manual.py VERSION >gatelodge.8
"""
import json
import sys


def escaped(text):
    """Text in which roff sees nothing of its own."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "")
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.split("\n"))


def label(argument):
    """How the argument is written, as in `--settings <file>`."""
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{escaped(value)}\\fR"
    names = (("--" if name["kind"] == "long" else "-") + name["name"] for name in argument["names"])
    text = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return text + (f" \\fI{escaped(value)}\\fR" if argument["kind"] == "option" else "")


def write_command(command, name):
    """One command, and then those below it."""
    subcommands = [c for c in command.get("subcommands", []) if c["shouldDisplay"] and c["commandName"] != "help"]
    arguments = [a for a in command.get("arguments", [])
                 if a["shouldDisplay"] and a["valueName"] not in ("help", "version")]
    if not subcommands or arguments:
        usage = " ".join([f"\\fB{escaped(name)}\\fR"] + [
            label(a) for a in arguments if a["kind"] == "positional"])
        print(f".SS {usage}")
        for key in ("abstract", "discussion"):
            if command.get(key):
                print(".PP")
                print(escaped(command[key]))
        for argument in arguments:
            print(".TP")
            print(label(argument))
            print(escaped(argument.get("abstract", "")))
            if argument.get("defaultValue"):
                print(f"Default: {escaped(argument['defaultValue'])}.")
    for subcommand in subcommands:
        write_command(subcommand, f"{name} {subcommand['commandName']}")


root = json.load(sys.stdin)["command"]
print(f""".\\" Written by scripts/manual.py from gatelodge --experimental-dump-help.
.TH GATELODGE 8 "" "Gatelodge {escaped(sys.argv[1])}" "System administration"
.SH NAME
gatelodge \\- {escaped(root['abstract'].rstrip('.').replace('The a', 'a'))}
.SH SYNOPSIS
.B gatelodge
.I command
.RI [ options ]
.SH DESCRIPTION
{escaped(root.get('discussion', ''))}
.PP
.B gatelodge
.I command
.B \\-\\-help
says the same as this page.
.SH COMMANDS""")
write_command({**root, "arguments": []}, "gatelodge")
print(r""".SH FILES
.TP
.I /etc/gatelodge/gatelodge.yaml
The settings of the service.
.TP
.I /etc/gatelodge/fastcgi.key
The key that every request must carry; nginx's copy is
.IR /etc/nginx/gatelodge/gatelodge\-key.conf .
.TP
.I /var/lib/gatelodge
The database, the key that seals what is secret in it, and its daily copies.
.SH EXIT STATUS
0 when it was done, or what was asked about is good; 1 when it was refused or failed, or is not good; 2 when what came on standard
input or in a file cannot be used, and when the doctor found an error; 3 when no instance runs that could be asked; 64 when the
command line was not understood; 78 when the settings are not good.
.SH SEE ALSO
.BR nginx (8),
.BR systemctl (1)""")
