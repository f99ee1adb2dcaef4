"""Korean-looking articles of any number, the same every time: words of a Zipf distribution, with particles."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate

SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"
    "기니디리미비시이지치키티피히강남당랑망방상앙장창간난단란만반산안잔찬개내대래매배새애재채경영정형공농동롱몽봉송옹종총"
    "관권원전천연선현국군문분순운준근금음입집합식색석학각실질칠월일물발말달"
)
PARTICLES = (
    "",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "에서",
    "으로",
    "과",
    "와",
    "도",
    "만",
    "까지",
    "부터",
)
ENDINGS = ("했다.", "한다.", "이다.", "됐다.", "밝혔다.", "전망된다.", "나타났다.")


@cache
def vocabulary(size: int = 30_000) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Words, and their cumulative weights."""
    rng = random.Random(1)
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(rng.choices(SYLLABLES, k=rng.choice((2, 2, 2, 3, 3, 4))))] = None
    return tuple(words), tuple(accumulate(1 / (rank + 10) for rank in range(size)))


def article(number: int, characters: int = 2900) -> tuple[str, list[str]]:
    """A title and paragraphs; 2,900 characters are some 8 KB."""
    rng = random.Random(number)
    words, weights = vocabulary()
    title = " ".join(rng.choices(words, cum_weights=weights, k=4))
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        sentences = []
        for _ in range(rng.randint(2, 4)):
            chosen = rng.choices(words, cum_weights=weights, k=rng.randint(7, 16))
            sentences.append(
                " ".join(word + rng.choice(PARTICLES) for word in chosen)
                + f" {rng.randint(1, 99)}% "
                + rng.choice(ENDINGS)
            )
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1]) + 2
    return title, paragraphs
