"""What a template can use, for `mitjul template help`."""

KOREAN = """\
틀은 Jinja2로 씁니다. 바깥을 건드릴 수 없는 곳에서 시간을 재며 돌립니다. 블록은 넷이고 mark만 꼭 있어야 합니다.

  {% block properties %}   파일 머리의 `이름: 값` 줄 (mitjul은 저절로 들어간다)
  {% block head %}         밑줄 위에 오는 것
  {% block mark %}         밑줄 하나. 밑줄마다 한 번씩 쓴다
  {% block foot %}         밑줄 아래에 오는 것

어디서나 쓸 수 있는 것 (글에 없는 값은 none):
  article         id title subtitle publisher authors published url original_source truncated summary added
  note            글 메모
  tags            모든 태그, 가나다순
  marks           모든 밑줄
  figures         수치: surface value unit kind qualifier measures speaker start end place
  key_sentences   핵심 문장    keywords   핵심어

mark 블록에서 쓸 수 있는 것:
  mark            id block exact tags note start end status created updated place citation

거르개:
  quote 인용   literal 쓴 그대로   cell 표의 칸   note 메모   yaml 머리의 값   hashtag, hashtags 해시태그

보기:
  {% block mark %}
  {{ mark.exact | quote }}

  {{ mark.tags | hashtags }} {{ mark.place }}
  {% if mark.note %}{{ mark.note | note }}{% endif %}
  {% endblock %}

밑줄을 다시 찾는 표(^{{ mark.block }})는 없으면 블록 끝에 저절로 붙습니다.
"""

ENGLISH = """\
A template is Jinja2, run where it can reach nothing outside, with a time limit. Of its four blocks only mark is required.

  {% block properties %}   lines of frontmatter, `key: value` (mitjul is added)
  {% block head %}         what stands above the marks
  {% block mark %}         one mark; rendered once for each
  {% block foot %}         what stands under the marks

Everywhere (what the page does not say is none):
  article         id title subtitle publisher authors published url original_source truncated summary added
  note            the note on the article
  tags            all tags, sorted
  marks           all marks
  figures         surface value unit kind qualifier measures speaker start end place
  key_sentences, keywords

In the mark block:
  mark            id block exact tags note start end status created updated place citation

Filters:
  quote (a quotation)   literal (reads as written)   cell (in a table)   note   yaml (in frontmatter)   hashtag, hashtags

An example:
  {% block mark %}
  {{ mark.exact | quote }}

  {{ mark.tags | hashtags }} {{ mark.place }}
  {% if mark.note %}{{ mark.note | note }}{% endif %}
  {% endblock %}

What a mark is found again by (^{{ mark.block }}) is put at the block's end where it is not in it.
"""
