/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "format-case.h"

#define KEY  "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
#define KEY2 "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
/* KEY as bytes, as Java writes them; and a key with bytes that are negative there. */
#define KEY_BYTES  "[49,50,51,52,53,54,55,56,57,48,49,50,51,52,53,54,55,56,57,48]"
#define HIGH_BYTES "[-1,-128,127,0,1]"

#define GROUP_ID "5b6f7c1e-0000-4000-8000-000000000001"

const FormatCase plain_cases[] = {
  { "2fas",
    "{\"schemaVersion\":4,\"groups\":[{\"id\":\"" GROUP_ID "\",\"name\":\"Work\"}],\"services\":["
    "{\"name\":\"Title\",\"secret\":\"gezd gnbv gy3t qojq gezd gnbv gy3t "
    "qojq\",\"groupId\":\"" GROUP_ID
    "\",\"otp\":{\"issuer\":\"Acme\",\"account\":\"ada\",\"digits\":8,\"period\":60,"
    "\"algorithm\":\"SHA512\",\"tokenType\":\"TOTP\"}},"
    "{\"name\":\"Bank\",\"secret\":\"" KEY
    "\",\"otp\":{\"label\":\"bob\",\"counter\":7,\"tokenType\":\"HOTP\",\"algorithm\":null}},"
    "{\"name\":\"Steam\",\"secret\":\"" KEY
    "\",\"otp\":{\"account\":\"eve\",\"tokenType\":\"STEAM\",\"digits\":6,\"period\":null}},"
    "{\"name\":\"Old\",\"secret\":\"" KEY "\"},"
    "{\"name\":\"Odd\",\"secret\":\"" KEY "\",\"otp\":{\"algorithm\":\"SHA224\"}},"
    "{\"name\":\"Empty\",\"secret\":\"\",\"otp\":{}},17]}",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA512|8|60|0|#Work\n"
    "hotp|Bank|bob|" KEY "|SHA1|6|0|7\n"
    "steam|Steam|eve|" KEY "|SHA1|5|30|0\n"
    "totp|Old||" KEY "|SHA1|6|30|0\n"
    "skip|Odd\nskip|Empty\nskip|\n" },
  { "stratum",
    "{\"Authenticators\":[{\"Type\":2,\"Icon\":\"@a1\",\"Issuer\":\"Acme\",\"Username\":\"ada\","
    "\"Secret\":\"" KEY "\",\"Algorithm\":1,\"Digits\":7,\"Period\":45,\"Counter\":0},"
    "{\"Type\":1,\"Issuer\":\"Bank\",\"Username\":null,\"Secret\":\"" KEY2
    "\",\"Algorithm\":0,\"Digits\":6,\"Period\":30,\"Counter\":9},"
    "{\"Type\":3,\"Issuer\":\"VPN\",\"Username\":\"m\",\"Secret\":\"00ff11ee00ff11ee\","
    "\"Pin\":\"1234\",\"Algorithm\":0,\"Digits\":6,\"Period\":10,\"Counter\":0},"
    "{\"Type\":4,\"Issuer\":\"Steam\",\"Username\":\"s\",\"Secret\":\"" KEY
    "\",\"Algorithm\":0,\"Digits\":5,\"Period\":30},"
    "{\"Type\":5,\"Issuer\":\"Yandex\",\"Username\":\"y\",\"Secret\":"
    "\"GEZDGNBVGY3TQOJQGEZDGNBVGY\",\"Pin\":\"7586\",\"Algorithm\":1},"
    "{\"Type\":9,\"Issuer\":\"New\",\"Secret\":\"" KEY "\"},"
    "{\"Type\":2,\"Issuer\":\"Hash\",\"Secret\":\"" KEY "\",\"Algorithm\":7},"
    "{\"Type\":3,\"Issuer\":\"NoHex\",\"Secret\":\"xyz\"}],"
    "\"Categories\":[{\"Id\":\"c1\",\"Name\":\"Work\"},{\"Id\":\"c2\",\"Name\":\"Home\"}],"
    "\"AuthenticatorCategories\":[{\"AuthenticatorSecret\":\"" KEY2
    "\",\"CategoryId\":\"c2\",\"Ranking\":0},{\"AuthenticatorSecret\":\"" KEY2
    "\",\"CategoryId\":\"c1\"},{\"AuthenticatorSecret\":\"" KEY2 "\",\"CategoryId\":\"gone\"}],"
    "\"CustomIcons\":[{\"Id\":\"a1\",\"Data\":\"iVBORw0KGgoAAAANSUhEUg==\"}]}",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA256|7|45|0|icon image/png\n"
    "hotp|Bank||" KEY2 "|SHA1|6|0|9|#Home|#Work\n"
    "motp|VPN|m|AD7RD3QA74I64|MD5|6|10|0|pin 1234\n"
    "steam|Steam|s|" KEY "|SHA1|5|30|0\n"
    "yandex|Yandex|y|GEZDGNBVGY3TQOJQGEZDGNBVGY|SHA256|8|30|0|pin 7586\n"
    "skip|New\nskip|Hash\nskip|NoHex\n" },
  { "bitwarden",
    "{\"encrypted\":false,\"folders\":[{\"id\":\"f1\",\"name\":\"Money\"}],\"items\":["
    "{\"type\":3,\"name\":\"Card\",\"card\":{\"number\":\"1\"}},"
    "{\"type\":1,\"name\":\"No code\",\"login\":{\"username\":\"x\",\"totp\":null}},"
    "{\"type\":1,\"name\":\"Acme\",\"folderId\":\"f1\",\"favorite\":true,\"login\":{\"username\":"
    "\"ada\",\"totp\":\"gezdgnbvgy3tqojq gezdgnbvgy3tqojq\"}},"
    "{\"type\":1,\"name\":\"Mine\",\"login\":{\"username\":\"u\",\"totp\":"
    "\"otpauth://totp/Bank:bob?secret=" KEY "&digits=8\"}},"
    "{\"type\":1,\"name\":\"Game\",\"login\":{\"username\":\"eve\",\"totp\":\"steam://" KEY "\"}},"
    "{\"type\":1,\"name\":\"Bad\",\"login\":{\"totp\":\"otpauth://totp/x?secret=1!\"}}]}",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0|#Money|*\n"
    "totp|Bank|bob|" KEY "|SHA1|8|30|0\n"
    "steam|Game|eve|" KEY "|SHA1|5|30|0\n"
    "skip|Bad\n" },
  { "bitwarden-authenticator",
    "{\"encrypted\":false,\"items\":[{\"name\":\"Acme:null\",\"type\":1,\"favorite\":true,"
    "\"login\":{\"totp\":\"otpauth://totp/?secret=" KEY "&issuer=Acme\"}},"
    "{\"name\":\"Bank:null\",\"login\":{\"username\":\"ada\",\"totp\":\"" KEY "\"}}]}",
    NULL, NULL,
    "totp|Acme||" KEY "|SHA1|6|30|0|*\n"
    "totp|Bank|ada|" KEY "|SHA1|6|30|0\n" },
  { "proton",
    "{\"version\":1,\"entries\":[{\"id\":\"1\",\"content\":{\"uri\":\"otpauth://totp/"
    "ada%40x.org?secret=" KEY "&issuer=Acme&algorithm=SHA256\",\"entry_type\":\"Totp\",\"name\":"
    "\"ada@x.org\"},\"note\":\"mine\"},"
    "{\"id\":\"2\",\"content\":{\"uri\":\"steam://" KEY
    "\",\"entry_type\":\"Steam\",\"name\":\"eve\"},\"note\":null},"
    "{\"id\":\"3\",\"content\":{\"uri\":\"steam://MTIzNDU2Nzg5MDEyMzQ1Njc4OTA\",\"name\":\"b64\"}}]"
    "}",
    NULL, NULL,
    "totp|Acme|ada@x.org|" KEY "|SHA256|6|30|0|note mine\n"
    "steam|Steam|eve|" KEY "|SHA1|5|30|0\n"
    "steam|Steam|b64|" KEY "|SHA1|5|30|0\n" },
  { "andotp",
    "[{\"secret\":\"" KEY "\",\"issuer\":\"Acme\",\"label\":\"ada\",\"digits\":6,\"type\":\"TOTP\","
    "\"algorithm\":\"SHA1\",\"period\":30,\"tags\":[\"a\",\"b\",\"a\",\"\"]},"
    "{\"secret\":\"" KEY "\",\"label\":\"Deno - Deno:Mason\",\"digits\":6,\"type\":\"HOTP\","
    "\"algorithm\":\"SHA1\",\"counter\":3},"
    "{\"secret\":\"GAYGMZQRCEYTCMI=\",\"issuer\":\"Odd\",\"label\":\"no hex\",\"type\":\"MOTP\"},"
    "{\"secret\":\"GAYGMZRRGFSWK===\",\"issuer\":\"VPN\",\"label\":\"m\",\"type\":\"MOTP\"},"
    "{\"secret\":\"" KEY "\",\"label\":\"old\",\"type\":\"OTP\",\"tags\":[\"Gnome\"]},"
    "{\"secret\":\"" KEY "\",\"issuer\":\"Z\",\"label\":\"z\",\"type\":\"FUTURE\"}]",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0|#a|#b\n"
    "hotp|Deno|Mason|" KEY "|SHA1|6|0|3\n"
    "motp|VPN|m|AD7RD3Q|MD5|6|10|0\n"
    "totp|Gnome|old|" KEY "|SHA1|6|30|0\n"
    "skip|Odd\nskip|Z\n" },
  { "freeotp-plus",
    "{\"tokenOrder\":[\"Acme:ada\"],\"tokens\":[{\"algo\":\"SHA256\",\"counter\":0,\"digits\":8,"
    "\"issuerExt\":\"Acme\",\"issuerInt\":\"Inner\",\"label\":\"ada\",\"period\":15,"
    "\"secret\":" KEY_BYTES ",\"type\":\"TOTP\"},"
    "{\"algo\":\"SHA1\",\"counter\":4,\"digits\":6,\"issuerExt\":\"Bank\",\"issuerAlt\":\"My "
    "bank\","
    "\"label\":\"x\",\"labelAlt\":\"bob\",\"period\":30,\"secret\":" HIGH_BYTES
    ",\"type\":\"HOTP\"},"
    "{\"algo\":\"SHA1\",\"digits\":5,\"issuerExt\":\"Steam\",\"label\":\"eve\","
    "\"secret\":" KEY_BYTES ",\"type\":\"TOTP\"},"
    "{\"algo\":\"SHA1\",\"counter\":-1,\"digits\":6,\"label\":\"unused\",\"secret\":" KEY_BYTES
    ",\"type\":\"HOTP\"},"
    "{\"label\":\"bad\",\"secret\":[256],\"type\":\"TOTP\"}]}",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA256|8|15|0\n"
    "hotp|My bank|bob|76AH6AAB|SHA1|6|0|5\n"
    "steam|Steam|eve|" KEY "|SHA1|5|30|0\n"
    "hotp||unused|" KEY "|SHA1|6|0|0\n"
    "skip|bad\n" },
  { "lastpass",
    "{\"version\":3,\"accounts\":[{\"issuerName\":\"Acme\",\"originalIssuerName\":\"Old\","
    "\"userName\":\"\",\"originalUserName\":\"ada\",\"secret\":\"" KEY "\",\"timeStep\":60,"
    "\"digits\":8,\"algorithm\":\"SHA256\",\"isFavorite\":true,\"folderData\":{\"folderId\":2}},"
    "{\"issuerName\":\"Bank\",\"secret\":\"" KEY "\",\"folderData\":{\"folderId\":0}}],"
    "\"folders\":[{\"id\":0,\"name\":\"Other accounts\"},{\"id\":2,\"name\":\"Work\"}]}",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA256|8|60|0|#Work|*\n"
    "totp|Bank||" KEY "|SHA1|6|30|0\n" },
  { "ente",
    "otpauth://totp/Acme:ada?secret=" KEY
    "&codeDisplay=%7B%22pinned%22%3Atrue%2C%22tags%22%3A%5B%22Work%22%5D%2C%22note%22%3A%22hi%22%7D"
    "\notpauth://totp/Gone:x?secret=" KEY "&codeDisplay=%7B%22trashed%22%3Atrue%7D\n"
    "otpauth://hotp/Bank:bob?secret=" KEY "&counter=5&codeDisplay=%7Bbroken\n"
    "otpauth://totp/A:a?secret=" KEY ",otpauth://totp/B:b?secret=" KEY "\n",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0|#Work|note hi|*\n"
    "hotp|Bank|bob|" KEY "|SHA1|6|0|5\n"
    "totp|A|a|" KEY "|SHA1|6|30|0\n"
    "totp|B|b|" KEY "|SHA1|6|30|0\n"
    "skip|Gone\n" },
  { "ente",
    "{\"items\":[{\"rawData\":\"otpauth://totp/Acme:ada?secret=" KEY
    "\",\"display\":{\"pinned\":false,\"tags\":[\"a\",7]}},{\"display\":{}}]}",
    NULL, NULL, "totp|Acme|ada|" KEY "|SHA1|6|30|0|#a\nskip|\n" },
  { "duo",
    "[{\"name\":\"ada\",\"accountType\":\"OtpAccount\",\"otpGenerator\":{\"otpSecret\":\"" KEY
    "\"}},{\"name\":\"bob\",\"otpGenerator\":{\"otpSecret\":\"" KEY
    "\",\"counter\":12}},{\"name\":\"push\",\"accountType\":\"DuoAccount\"}]",
    NULL, NULL, "totp||ada|" KEY "|SHA1|6|30|0\nhotp||bob|" KEY "|SHA1|6|0|12\nskip|push\n" },
  { "raivo",
    "[{\"issuer\":\"Acme\",\"account\":\"ada\",\"secret\":\"" KEY
    "\",\"algorithm\":\"SHA512\",\"digits\":\"8\",\"kind\":\"TOTP\",\"timer\":\"60\",\"counter\":"
    "\"0\",\"pinned\":\"true\"},{\"issuer\":\"Bank\",\"account\":\"bob\",\"secret\":\"" KEY
    "\",\"algorithm\":\"SHA1\",\"digits\":\"6\",\"kind\":\"HOTP\",\"timer\":\"0\",\"counter\":"
    "\"41\","
    "\"pinned\":\"false\"},{\"issuer\":\"Bad\",\"secret\":\"" KEY
    "\",\"digits\":\"six\",\"kind\":\"TOTP\",\"timer\":\"30\"}]",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA512|8|60|0|*\nhotp|Bank|bob|" KEY "|SHA1|6|0|41\nskip|Bad\n" },
  { "steam",
    "{\"shared_secret\":\"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=\",\"account_name\":\"eve\",\"steamid\":1}",
    NULL, NULL, "steam|Steam|eve|" KEY "|SHA1|5|30|0\n" },
  { "steam",
    "{\"accounts\":{\"76\":{\"shared_secret\":\"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=\"},\"77\":{}}}", NULL,
    NULL, "steam|Steam|76|" KEY "|SHA1|5|30|0\nskip|Steam\n" },
  { "totp-authenticator",
    "{\"[{\\\"base\\\":32,\\\"key\\\":\\\"" KEY
    "\\\",\\\"issuer\\\":\\\"Unknown\\\",\\\"name\\\":\\\"ada\\\",\\\"digits\\\":\\\"8\\\","
    "\\\"period\\\":\\\"\\\"},{\\\"base\\\":64,\\\"key\\\":\\\"MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=\\\","
    "\\\"issuer\\\":\\\"B\\\"},{\\\"base\\\":10,\\\"key\\\":\\\"12\\\",\\\"issuer\\\":\\\"C\\\"}]"
    "\":"
    "\"1677872756\"}",
    NULL, NULL, "totp||ada|" KEY "|SHA1|8|30|0\ntotp|B||" KEY "|SHA1|6|30|0\nskip|C\n" },
  /* The first code of two, twice; a damaged one; another export, in the other alphabet. */
  { "google-migration",
    "otpauth-migration://offline?data=CjAKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEghBY21lOmFkYRo"
    "EQWNtZSABKAIwAkICaWQKKgoUMTIzNDU2Nzg5MDEyMzQ1Njc4OTASCEJhbms6Ym9iGgAgAigBMAE4Bwo"
    "kChQxMjM0NTY3ODkwMTIzNDU2Nzg5MBIBbRoDTUQ1IAQoATACChIKABIBZRoFRW1wdHkgASgBMAIKJwo"
    "UMTIzNDU2Nzg5MDEyMzQ1Njc4OTASAW4aBkZ1dHVyZSABKAEwCRABGAIgACiz%2F%2F%2F%2F%2F%2F%"
    "2F%2F%2F%2F8B"
    "\n"
    "otpauth-migration://offline?data=CjAKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEghBY21lOmFkYRo"
    "EQWNtZSABKAIwAkICaWQKKgoUMTIzNDU2Nzg5MDEyMzQ1Njc4OTASCEJhbms6Ym9iGgAgAigBMAE4Bwo"
    "kChQxMjM0NTY3ODkwMTIzNDU2Nzg5MBIBbRoDTUQ1IAQoATACChIKABIBZRoFRW1wdHkgASgBMAIKJwo"
    "UMTIzNDU2Nzg5MDEyMzQ1Njc4OTASAW4aBkZ1dHVyZSABKAEwCRABGAIgACiz%2F%2F%2F%2F%2F%2F%"
    "2F%2F%2F%2F8B"
    "\notpauth-migration://offline?data=%21\n"
    "otpauth-migration://offline?data=CiUKFDEyMzQ1Njc4OTAxMjM0NTY3ODkwEgVTdGVhbRoAIAA"
    "oADAAEAEYASAAKAU",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|8|30|0\n"
    "hotp|Bank|bob|" KEY "|SHA256|6|0|7\n"
    "totp||Steam|" KEY "|SHA1|6|30|0\n"
    "skip|MD5\nskip|Empty\nskip|Future\nskip|\nskip|\n" },
  { "keepassxc-csv",
    "\"Group\",\"Title\",\"Username\",\"Password\",\"URL\",\"Notes\",\"TOTP\",\"Icon\",\"Last "
    "Modified\",\"Created\"\r\n"
    "\"Root\",\"Acme\",\"ada\",\"p,w\"\"x\",\"\",\"two\nlines\",\"otpauth://totp/"
    "Acme:ada?secret=" KEY "&period=30&digits=8\",\"0\",\"\",\"\"\r\n"
    "\"Root/Mail/Old\",\"Mail\",\"\",\"\",\"\",\"\",\"otpauth://totp/Mail:none?secret=" KEY
    "\",\"0\",\"\",\"\"\r\n"
    "\"Root/Recycle Bin\",\"Gone\",\"\",\"\",\"\",\"\",\"otpauth://totp/Gone:none?secret=" KEY
    "\",\"0\",\"\",\"\"\r\n"
    "\"Root\",\"No code\",\"x\",\"y\",\"\",\"\",\"\",\"0\",\"\",\"\"\r\n",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|8|30|0|note two\nlines\ntotp|Mail||" KEY
    "|SHA1|6|30|0|#Mail/Old\nskip|Gone\n" },
  /* As OTPClient and GNOME Authenticator write lists of links. */
  { "uri-list",
    "otpauth://totp/Acme:ada?secret=" KEY "&algorithm=SHA1&digits=6&period=30&issuer=Acme\n"
    "otpauth://hotp/Bank:bob?secret=" KEY "&algorithm=SHA256&digits=8&counter=9&issuer=Bank\n"
    "otpauth://totp/Steam:eve?secret=" KEY "&algorithm=SHA1&digits=5&period=30&issuer=Steam"
    "&encoder=steam\n",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0\nhotp|Bank|bob|" KEY "|SHA256|8|0|9\nsteam|Steam|eve|" KEY
    "|SHA1|5|30|0\n" },
  { "csv",
    "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\n"
    "Acme,,ada,pw,otpauth://totp/Acme:ada?secret=" KEY ",true,false,work;home,\n"
    "Bank,,bob,pw,\"gezd gnbv gy3t qojq gezd gnbv gy3t qojq\",false,false,,\n"
    "Old,,eve,pw," KEY ",false,true,,\n",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0|#work|#home|*\ntotp|Bank|bob|" KEY
    "|SHA1|6|30|0\nskip|Old\n" },
  { "csv",
    "folder,favorite,type,name,login_uri,login_totp\n"
    ",,1,Acme,,,otpauth://totp/Acme:ada?secret=" KEY ",\n",
    NULL, NULL, "totp|Acme|ada|" KEY "|SHA1|6|30|0\n" },
  { "freeotp-1",
    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
    "<map>\n"
    "    <string name=\"Bank:bob\">{&quot;algo&quot;: &quot;SHA1&quot;, &quot;counter&quot;: "
    "6, &quot;digits&quot;: 6, &quot;issuerExt&quot;: &quot;Bank&quot;, &quot;issuerInt&quot;"
    ": &quot;Bank&quot;, &quot;label&quot;: &quot;bob&quot;, &quot;period&quot;: 30, &quot;se"
    "cret&quot;: [49, 50, 51, 52, 53, 54, 55, 56, 57, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57,"
    " 48], &quot;type&quot;: &quot;HOTP&quot;}</string>\n"
    "    <string name=\"Acme:ada\">{&quot;algo&quot;: &quot;SHA256&quot;, &quot;counter&quot;"
    ": 0, &quot;digits&quot;: 8, &quot;issuerExt&quot;: &quot;Acme&quot;, &quot;issuerInt&quo"
    "t;: &quot;Acme&quot;, &quot;label&quot;: &quot;ada&quot;, &quot;labelAlt&quot;: &quot;ad"
    "a &amp; co&quot;, &quot;period&quot;: 60, &quot;secret&quot;: [49, 50, 51, 52, 53, 54, 5"
    "5, 56, 57, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 48], &quot;type&quot;: &quot;TOTP&quo"
    "t;}</string>\n"
    "    <string name=\"broken\">{</string>\n"
    "    <string name=\"tokenOrder\">[&quot;Acme:ada&quot;, &quot;Bank:bob&quot;, &quot;gone&"
    "quot;]</string>\n"
    "    <boolean name=\"x\" value=\"true\" />\n"
    "</map>\n",
    NULL, NULL,
    "totp|Acme|ada & co|" KEY "|SHA256|8|60|0\nhotp|Bank|bob|" KEY "|SHA1|6|0|7\nskip|broken\n" },
  { "battle-net",
    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
    "<map>\n"
    "    <string name=\"com.blizzard.messenger.AUTHENTICATOR_SERIAL\">7cdb0acd62145e48555387d"
    "d08cdf05d36</string>\n"
    "    <string name=\"com.blizzard.messenger.AUTHENTICATOR_DEVICE_SECRET\">0abf14ce63145951"
    "535083d316c3f35437ff23451b5abd48de96ae9db20e6ee0fb3a1c8bb351440f</string>\n"
    "    <boolean name=\"x\" value=\"true\" />\n"
    "</map>\n",
    NULL, NULL, "totp|Battle.net|EU-1234-5678-9012|" KEY "|SHA1|8|30|0\n" },
  { "authy",
    "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
    "<map>\n"
    "    <string name=\"com.authy.storage.tokens.authenticator.key\">[{&quot;accountType&quot"
    ";: &quot;github&quot;, &quot;decryptedSecret&quot;: &quot;GEZDGNBVGY3TQOJQGEZDGNBVGY3TQO"
    "JQ&quot;, &quot;digits&quot;: 6, &quot;name&quot;: &quot;Acme: ada&quot;, &quot;original"
    "Issuer&quot;: &quot;Acme&quot;, &quot;originalName&quot;: &quot;Acme:ada&quot;}, {&quot;"
    "accountType&quot;: &quot;github&quot;, &quot;decryptedSecret&quot;: &quot;GEZDGNBVGY3TQO"
    "JQGEZDGNBVGY3TQOJQ&quot;, &quot;digits&quot;: 6, &quot;name&quot;: &quot;Bank - bob&quot"
    ";}, {&quot;accountType&quot;: &quot;mail&quot;, &quot;decryptedSecret&quot;: &quot;GEZDG"
    "NBVGY3TQOJQGEZDGNBVGY3TQOJQ&quot;, &quot;digits&quot;: 7, &quot;name&quot;: &quot;eve&qu"
    "ot;}, {&quot;accountType&quot;: &quot;none&quot;, &quot;name&quot;: &quot;Empty&quot;}]<"
    "/string>\n"
    "    <string name=\"com.authy.storage.tokens.authy.key\">[{&quot;secretSeed&quot;: &quot;"
    "3132333435363738393031323334353637383930&quot;, &quot;name&quot;: &quot;Authy thing&quot"
    ";, &quot;digits&quot;: 7}]</string>\n"
    "    <boolean name=\"x\" value=\"true\" />\n"
    "</map>\n",
    NULL, NULL,
    "totp|Acme|ada|" KEY "|SHA1|6|30|0\ntotp|Bank|bob|" KEY "|SHA1|6|30|0\ntotp|Mail|eve|" KEY
    "|SHA1|7|30|0\n"
    "totp|Authy thing||" KEY "|SHA1|7|10|0\nskip|None\n" },
  { NULL },
};
