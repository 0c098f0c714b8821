package io.pgherder.controller.pgvalue;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HbaLineTest {
    @Test
    void whatIsNoSecretIsToldAsItStands() {
        assertUnchanged("host  all\tall 10.0.0.0/8 ldap ldapserver=ad.example ldapprefix=\"cn=\" # whose?");
        assertUnchanged("local all \"the password\" password");
        assertUnchanged("hostssl all all all cert clientcert=verify-full map=\"a, b\"");
        assertUnchanged("");
    }

    @Test
    void aSecretIsToldAsAsterisksHoweverItIsWritten() {
        assertThat(told("host all all 10.0.0.0/8 ldap ldapserver=ad ldapbindpasswd=topsecret4 ldaptls=1"))
                .isEqualTo("host all all 10.0.0.0/8 ldap ldapserver=ad ldapbindpasswd=**** ldaptls=1");
        assertThat(told("host all all 10.0.0.0/8 radius radiussecrets=topsecret5 radiusports=1812"))
                .isEqualTo("host all all 10.0.0.0/8 radius radiussecrets=**** radiusports=1812");
        assertThat(told("host all all all radius radiussecrets=\"top, secret\",more radiusservers=\"a, b\""))
                .isEqualTo("host all all all radius radiussecrets=**** radiusservers=\"a, b\"");
        assertThat(told("host all all all radius radiussecrets=one, two radiusservers=a"))
                .isEqualTo("host all all all radius radiussecrets=**** radiusservers=a");
        assertThat(told("host all all all ldap \"ldapbindpasswd=top secret\" ldaptls=1"))
                .isEqualTo("host all all all ldap \"ldapbindpasswd=****\" ldaptls=1");
        assertThat(told("host all all all ldap LDAPBINDPASSWD=$1\\x ldaptls=1"))
                .isEqualTo("host all all all ldap LDAPBINDPASSWD=**** ldaptls=1");
    }

    @Test
    void aQuoteThatIsNotClosedHidesTheRest() {
        assertThat(told("host all all all ldap ldapbindpasswd=\"top secret ldaptls=1"))
                .isEqualTo("host all all all ldap ldapbindpasswd=****");
    }

    @Test
    void whatFollowsABlankWithoutQuotesIsAPieceOfTheSecret() {
        assertThat(told("host all all all ldap ldapbindpasswd=top secret,4 ldaptls=1 # of ours"))
                .isEqualTo("host all all all ldap ldapbindpasswd=**** **** ldaptls=1 # of ours");
        assertThat(told("host all all all radius radiussecrets=c2Vj cmV0Cg== ldaptls=1"))
                .isEqualTo("host all all all radius radiussecrets=**** **** ldaptls=1");
        assertThat(told("local all app peer map = x")).isEqualTo("local all app peer map = x");
    }

    @Test
    void thePasswordInAnAddressIsOneToo() {
        assertThat(told("host all all all ldap ldapurl=\"ldap://reader:top:s@cret@ad.example/dc=example\""))
                .isEqualTo("host all all all ldap ldapurl=\"ldap://reader:****@ad.example/dc=example\"");
    }

    @Test
    void aVeryLongLineIsToldToo() {
        String list = "a,".repeat(300_000) + "a";
        assertThat(told("local " + list + " all ldap ldapbindpasswd=x"))
                .isEqualTo("local " + list + " all ldap ldapbindpasswd=****");
    }

    @Test
    void howALineIsSpacedAndQuotedToNoEndMakesNoOther() {
        assertThat(meaning("host \t app  \"app\" 10.0.0.0/8 md5 # theirs"))
                .isEqualTo(meaning("host \"app\" app 10.0.0.0/8 md5"));
        assertThat(meaning("host a,b all all ldap ldapprefix=\"cn=x\""))
                .isEqualTo(meaning("host a, \"b\" all all ldap \"ldapprefix=cn=x\""));
        assertThat(meaning("local all \"Chief \"\"#1\"\" DBA\" peer")).isEqualTo("local\nall\nChief \"#1\" DBA\npeer");
    }

    @Test
    void quotesThatMakeANameOfSomethingElseMakeAnotherLine() {
        for (String word : List.of("all", "replication", "sameuser", "samerole", "+admins", "@admins")) {
            assertThat(meaning("local \"" + word + "\" app peer"))
                    .as(word)
                    .isNotEqualTo(meaning("local " + word + " app peer"));
        }
        assertThat(meaning("local \"a b\" app peer")).isNotEqualTo(meaning("local a b app peer"));
        assertThat(meaning("local \"a,b\" app peer")).isNotEqualTo(meaning("local a,b app peer"));
        assertThat(meaning("local a,b app peer")).isNotEqualTo(meaning("local a b app peer"));
        assertThat(meaning("local App app peer")).isNotEqualTo(meaning("local app app peer"));
    }

    private static String meaning(String line) {
        return new HbaLine(line).meaning();
    }

    private static void assertUnchanged(String line) {
        assertThat(told(line)).isEqualTo(line);
    }

    private static String told(String line) {
        return new HbaLine(line).told();
    }
}
