# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Keyfob authors
"""Links that are wrong: a message that says what, and nothing is added."""

from keyfob_ui import SECRET, App, main, test, wait_for

GOOD = f"otpauth://totp/A:b?secret={SECRET}"

# What is pasted, and what the message must speak of.
LINKS = [
    ("hello", "link|URI"),
    ("otpauth", "link|URI"),
    ("otpauth:", "link|URI|type|kind"),
    ("otpauth://", "link|URI|type|kind|secret"),
    ("https://example.org/", "link|URI|scheme"),
    ("http://totp/A:b?secret=" + SECRET, "link|URI|scheme"),
    ("mailto:ada@example.org", "link|URI|scheme"),
    ("javascript:alert(1)", "link|URI|scheme"),
    ("otpauth://hologram/A:b?secret=" + SECRET, "type|kind"),
    ("otpauth:///A:b?secret=" + SECRET, "type|kind"),
    ("otpauth://totp/A:b", "secret"),
    ("otpauth://totp/A:b?", "secret"),
    ("otpauth://totp/A:b?secret", "secret"),
    ("otpauth://totp/A:b?secret=", "secret"),
    ("otpauth://totp/A:b?secret=%20%20", "secret"),
    ("otpauth://totp/A:b?secret====", "secret"),
    ("otpauth://totp/A:b?secret=GEZDGNB1", "secret"),
    ("otpauth://totp/A:b?secret=GEZDGNB8", "secret"),
    ("otpauth://totp/A:b?secret=GEZD%21GNB", "secret"),
    ("otpauth://totp/A:b?secret=%E2%82%AC%E2%82%AC", "secret"),
    ("otpauth://totp/A:b?issuer=A&digits=6", "secret"),
    (GOOD + "&digits=0", "digits"),
    (GOOD + "&digits=11", "digits"),
    (GOOD + "&digits=-6", "digits"),
    (GOOD + "&digits=six", "digits"),
    (GOOD + "&digits=6.5", "digits"),
    (GOOD + "&digits=99999999999999999999", "digits"),
    (GOOD + "&period=0", "period"),
    (GOOD + "&period=-30", "period"),
    (GOOD + "&period=soon", "period"),
    (GOOD + "&period=99999999999999999999", "period"),
    (GOOD + "&algorithm=SHA3-256", "algorithm"),
    (GOOD + "&algorithm=MD5", "algorithm"),
    (GOOD + "&algorithm=CRC32", "algorithm"),
    (GOOD.replace("totp", "hotp") + "&counter=-1", "counter"),
    (GOOD.replace("totp", "hotp") + "&counter=one", "counter"),
    (GOOD.replace("totp", "hotp") + "&counter=18446744073709551616", "counter"),
    ("otpauth://totp/A%FF:b?secret=" + SECRET, "name|label|text"),
    ("otpauth://totp/A:b?secret=" + SECRET + "&x=" + "y" * 100000, "long|large"),
    ("otpauth://totp/" + "A" * 1000000 + "?secret=" + SECRET, "long|large"),
]


@test
def every_bad_link_says_what_is_wrong():
    with App() as app:
        app.find("label", "Add Your First Account")
        for link, field in LINKS:
            app.paste(link)
            app.dialog()
            app.message(f"(?i).*({field}).*[.!]")
            assert app.sensitive_button("Add") is None, link[:80]
            shown = " ".join(node.name for node in app.root.walk() if node.role == "label")
            assert SECRET not in shown, link[:80]
            app.key("Escape")
            app.gone("push button", "Cancel")
        app.find("label", "Add Your First Account")
        assert app.rows() == []


@test
def nothing_on_the_clipboard():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.paste("")
        app.message("There is no link and no picture.*")
        assert not app.has("push button", "Cancel")


@test
def odd_links_that_are_fine():
    with App() as app:
        app.find("label", "Add Your First Account")
        app.add(f"  OTPAUTH://TOTP/Odd%3Aalice?SECRET={SECRET.lower()}&issuer=Odd \n"
                .replace("SECRET=", "secret="))
        app.row("Odd")
        app.add("otpauth://totp/100%:bob?secret=GEZD-GNBV%20GY3T%3D%3D&algorithm=HmacSHA256")
        wait_for(lambda: len(app.rows()) == 2, "both rows")


main()
