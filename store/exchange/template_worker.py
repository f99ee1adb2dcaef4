"""Renders one template, in a process of its own that can be stopped: `python -m store.exchange.template_worker`.

Reads one JSON object from standard input, `{"template", "calls": [[block, {variables}], …]}`, and writes one to standard output:
`{"blocks": [names], "texts": [texts]}` or `{"error", "line"}`. Memory is limited where the system can.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

MEMORY = 1 << 30
"""Bytes that rendering may take."""
OUTPUT = 64 << 20
"""Characters that rendering may give."""


def work(job: dict[str, Any]) -> dict[str, Any]:
    """Render every call's block with its variables."""
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from store.exchange.escape import guard, literal
    from store.exchange.names import hashtag
    from store.exchange.presets import quoted, tag_line, yaml

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters.update(
        quote=lambda text: "\n".join(quoted(str(text))),
        literal=lambda text: literal(str(text)),
        cell=lambda text: literal(str(text), cell=True),
        note=lambda text: guard(str(text)),
        yaml=lambda value: (
            json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else yaml(value)
        ),
        hashtag=lambda tag: hashtag(str(tag)),
        hashtags=lambda tags: tag_line([str(tag) for tag in tags]),
    )
    try:
        template = environment.from_string(job["template"])
        texts, size = [], 0
        for block, variables in job["calls"]:
            if block not in template.blocks:
                texts.append("")
                continue
            text = "".join(template.blocks[block](template.new_context(variables)))
            size += len(text)
            if size > OUTPUT:
                return {"error": "too much output", "line": None}
            texts.append(text)
        return {"blocks": sorted(template.blocks), "texts": texts}
    except TemplateSyntaxError as error:
        return {"error": str(error.message), "line": error.lineno}
    except MemoryError:
        return {"error": "out of memory", "line": None}
    except (
        TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        return {"error": f"{type(error).__name__}: {error}", "line": _line_of(error)}


def _line_of(error: BaseException) -> int | None:
    """The template's line in which an error arose, from its traceback (Jinja2 rewrites it to the template's own lines)."""
    line = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def main() -> None:
    """Serve one job."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(work(job)).encode())


if __name__ == "__main__":
    main()
