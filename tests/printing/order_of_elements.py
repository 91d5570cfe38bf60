#!/usr/bin/env python3
"""Prints where a part of a DOCX breaks the order of the schema: order_of_elements.py PART.xml

Word refuses a file whose elements stand in another order than the schema of ECMA-376 Part 1 gives, while LibreOffice
reads it. The lists are the sequences of sections 17.3 to 17.9 and 17.15; an element that is in none of them is named too.
"""
import sys
import xml.etree.ElementTree as tree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Elements that come one after the other, each at most once unless it is in REPEATED.
SEQUENCES = {name: order.split() for name, order in {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
           "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
           "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
           "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
           "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
           "em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
             "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "tblCellMar": "top left start bottom right end",
    "pBdr": "top left bottom right between bar",
    "numPr": "ilvl numId",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
              "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "tblPr tblGrid tr",
    "tblGrid": "gridCol",
    "tr": "tblPrEx trPr tc",
    "document": "background body",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "pPrDefault": "pPr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
             "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "settings": "zoom removePersonalInformation mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter "
                "proofState defaultTabStop autoHyphenation evenAndOddHeaders characterSpacingControl footnotePr "
                "endnotePr compat docVars rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "compat": "compatSetting",
}.items()}
REPEATED = {"headerReference", "footerReference", "tr", "tc", "gridCol", "style", "tblStylePr", "abstractNum", "num",
            "lvl", "compatSetting"}
# Elements that mix what they hold; what stands in front comes first or not at all.
CHOICES = {
    "body": ("", "p tbl sectPr"), "tc": ("tcPr", "p tbl"), "hdr": ("", "p tbl"), "p": ("pPr", "r hyperlink"),
    "r": ("rPr", "t br tab fldChar instrText"), "trPr": ("", "cantSplit tblHeader trHeight jc"),
}


def name_of(element):
    return element.tag.removeprefix(WORD)


def mistakes_in(element):
    name, children = name_of(element), [name_of(child) for child in element]
    if name in SEQUENCES:
        order, last = SEQUENCES[name], -1
        for child in children:
            if child not in order:
                yield f"{name} knows no {child}"
                continue
            place = order.index(child)
            if place < last or (place == last and child not in REPEATED):
                yield f"{name}: {child} stands after {order[last]}"
            last = max(last, place)
    elif name in CHOICES:
        first, mixed = CHOICES[name]
        for at, child in enumerate(children):
            if child not in mixed.split() and not (child == first and at == 0):
                yield f"{name}: {child} may not stand at place {at + 1}"
    elif children:
        yield f"{name} holds {children[0]}, of which the lists know nothing"
    if name == "tc" and (not children or children[-1] != "p"):
        yield "tc does not end with a paragraph"
    if name == "body" and (not children or children.count("sectPr") != 1 or children[-1] != "sectPr"):
        yield "body does not end with its one sectPr"
    for child in element:
        yield from mistakes_in(child)


for mistake in mistakes_in(tree.parse(sys.argv[1]).getroot()):
    print(mistake)
