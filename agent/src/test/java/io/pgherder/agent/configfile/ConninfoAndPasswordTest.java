package io.pgherder.agent.configfile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ConninfoAndPasswordTest {
    @Test
    void conninfoIsWrittenPlainWhereItCanBe() {
        assertThat(conninfo("10.0.1.11", "rep", "/state/passfile", Map.of()).text())
                .isEqualTo("host=10.0.1.11 port=1921 user=rep passfile=/state/passfile application_name=pg1922");
    }

    @Test
    void optionsStandBehindTheRestAndAreReadBackTheSame() {
        PrimaryConninfo conninfo = conninfo(
                "10.0.1.11",
                "rep",
                "/state/passfile",
                Map.of("sslmode", "verify-full", "sslcert", "/etc/ssl/of mine.crt", "options", "-c a=b"));

        assertThat(conninfo.text())
                .isEqualTo("host=10.0.1.11 port=1921 user=rep passfile=/state/passfile application_name=pg1922"
                        + " options='-c a=b' sslcert='/etc/ssl/of mine.crt' sslmode=verify-full");
        assertThat(PrimaryConninfo.parse(conninfo.text())).isEqualTo(conninfo);
    }

    @Test
    void conninfoWithSpacesAndQuotesIsReadBackTheSame() {
        PrimaryConninfo conninfo = conninfo("db 1", "o'brien", "/my state/pass\\file", Map.of());

        assertThat(conninfo.text())
                .isEqualTo("host='db 1' port=1921 user='o\\'brien' passfile='/my state/pass\\\\file'"
                        + " application_name=pg1922");
        assertThat(PrimaryConninfo.parse(conninfo.text())).isEqualTo(conninfo);
    }

    @Test
    void conninfoWrittenByHandIsUnderstood() {
        assertThat(PrimaryConninfo.parse(" user = 'rep'  host=db1 password='a b' sslmode=require "))
                .isEqualTo(
                        new PrimaryConninfo("db1", 5432, "rep", "", "", new TreeMap<>(Map.of("sslmode", "require"))));
    }

    @Test
    void uriIsUnderstoodAsKeywordsAndValuesAre() {
        assertThat(
                        PrimaryConninfo.parse(
                                "postgresql://rep%40x:se%2Fcret@127.0.0.11:3111/postgres?application_name=p%202&sslmode=disable"))
                .isEqualTo(PrimaryConninfo.parse("user=rep@x password='se/cret' host=127.0.0.11 port=3111"
                        + " dbname=postgres application_name='p 2' sslmode=disable"));
        assertThat(PrimaryConninfo.parse("postgres://[::1]:3111?ssl=true&passfile=/a+b"))
                .isEqualTo(PrimaryConninfo.parse("host=::1 port=3111 sslmode=require passfile=/a+b"));
        assertThat(PrimaryConninfo.parse("postgresql://db1:1921,db2:1922/"))
                .isEqualTo(PrimaryConninfo.parse("host=db1,db2 port=1921,1922"));
        assertThat(PrimaryConninfo.parse("postgresql:///?host=/run&port=3111"))
                .isEqualTo(PrimaryConninfo.parse("host=/run port=3111"));
        assertThat(PrimaryConninfo.parse("postgresql://")).isEqualTo(PrimaryConninfo.parse(""));
    }

    @Test
    void uriThatLibpqWouldNotUnderstandSaysNothing() {
        for (String uri : List.of("postgresql://db1/?sslmode", "postgresql://db%1/", "postgresql://a@b@c/")) {
            assertThat(PrimaryConninfo.parse(uri)).as(uri).isEqualTo(PrimaryConninfo.parse(""));
        }
    }

    @Test
    void secretsOfAUriAreMaskedAndTheRestStays() {
        assertThat(masked("postgresql://rep:secret@127.0.0.11:3111/postgres?application_name=p2&sslmode=disable"))
                .isEqualTo("postgresql://rep:****@127.0.0.11:3111/postgres?application_name=p2&sslmode=disable");
        assertThat(masked("postgres://rep@db1?password=a%26b&sslpassword=c&pass%77ord=d&user=rep"))
                .isEqualTo("postgres://rep@db1?password=****&sslpassword=****&pass%77ord=****&user=rep");
        assertThat(masked("postgresql://db1:1921/")).isEqualTo("postgresql://db1:1921/");
    }

    @Test
    void ofAUriThatIsNotUnderstoodNothingIsLeft() {
        for (String uri : List.of(
                "postgresql://rep:se/cret@db1/",
                "postgresql://rep:se@cret@db1/",
                "postgresql://rep@db1/?password=a&b",
                "postgresql://rep:se%cret@db1/")) {
            assertThat(masked(uri)).as(uri).isEqualTo("****");
        }
    }

    @Test
    void passwordOfAUriInAnotherSettingIsMasked() {
        assertThat(PasswordMask.value("archive_command", "push --to 's3://key:se/c@ret@host/%f' %p"))
                .isEqualTo("push --to 's3://key:****@host/%f' %p");
        assertThat(PasswordMask.line("no setting: postgresql://rep:secret@db1/ here"))
                .isEqualTo("no setting: postgresql://rep:****@db1/ here");
        assertThat(PasswordMask.line("primary_conninfo = 'postgresql://rep:secret@db1/'"))
                .isEqualTo("primary_conninfo = 'postgresql://rep:****@db1/'");
    }

    @Test
    void passwordInAConninfoIsMasked() {
        assertThat(masked("host=db1 password='a b' user=rep")).isEqualTo("host=db1 password=**** user=rep");
    }

    @Test
    void everythingButThePasswordStaysAsItWasWritten() {
        assertThat(masked("user=rep password='s3cr-et!' channel_binding=prefer  host='db 1'"))
                .isEqualTo("user=rep password=**** channel_binding=prefer  host='db 1'");
        assertThat(masked("password='it\\'s' sslpassword=key host=db1 "))
                .isEqualTo("password=**** sslpassword=**** host=db1 ");
        assertThat(masked("password=it's host=db1")).isEqualTo("password=**** host=db1");
    }

    @Test
    void whatIsNoKeywordAndValueMayHoldAPasswordAnywhere() {
        assertThat(masked("host=db1 password='s3cret")).isEqualTo("host=db1 ****");
    }

    @Test
    void passwordInAnotherSettingIsMaskedHoweverItIsQuoted() {
        assertThat(PasswordMask.value("restore_command", "PGPASSWORD='a b' fetch --key \"password=x\" %f %p"))
                .isEqualTo("PGPASSWORD=**** fetch --key \"password=**** %f %p");
        assertThat(PasswordMask.value("archive_command", "cp %p /archive/%f")).isEqualTo("cp %p /archive/%f");
    }

    @Test
    void lineOfASettingsFileIsMaskedAndOneWithoutAPasswordStays() {
        assertThat(PasswordMask.line("primary_conninfo='host=db1 password=''a\\\\''b''' # mine"))
                .isEqualTo("primary_conninfo = 'host=db1 password=****'");
        assertThat(PasswordMask.line("primary_conninfo='host=db1' # mine"))
                .isEqualTo("primary_conninfo='host=db1' # mine");
        assertThat(PasswordMask.line("no setting: 'password=a b")).isEqualTo("no setting: 'password=****");
    }

    private static PrimaryConninfo conninfo(String host, String user, String passfile, Map<String, String> options) {
        return new PrimaryConninfo(host, 1921, user, passfile, "pg1922", new TreeMap<>(options));
    }

    @Test
    void whatAPersonReadsHidesCommandsAndSecretsAsAWhole() {
        assertThat(PasswordMask.told("archive_command", "sshpass -p hunter2 push %p"))
                .isEqualTo("****");
        assertThat(PasswordMask.told("pgrst.jwt_secret", "hunter2")).isEqualTo("****");
        assertThat(PasswordMask.told("ssl_passphrase_command", "")).isEmpty();
        assertThat(PasswordMask.told("password_encryption", "md5")).isEqualTo("md5");
        assertThat(PasswordMask.told("work_mem", "4MB")).isEqualTo("4MB");
    }

    private static String masked(String conninfo) {
        return PasswordMask.value("primary_conninfo", conninfo);
    }

    @Test
    void colonsAndBackslashesOfAPasswordAreEscaped() {
        PassFile.Entry entry = new PassFile.Entry("10.0.1.11", 1921, "rep", "a:b\\c");

        assertThat(PassFile.render(List.of(entry, entry))).isEqualTo("10.0.1.11:1921:replication:rep:a\\:b\\\\c\n");
        assertThat(entry).hasToString("Entry[rep@10.0.1.11:1921]");
    }

    @Test
    void newPasswordReplacesTheOneForTheSameServerAndLeavesTheOthers() {
        String text = "10.0.1.11:1921:replication:rep:old\n10.0.1.12:1922:replication:rep:other\n";

        assertThat(PassFile.with(new PassFile.Entry("10.0.1.11", 1921, "rep", "new"), text))
                .isEqualTo("10.0.1.11:1921:replication:rep:new\n10.0.1.12:1922:replication:rep:other\n");
    }

    @Test
    void passwordIsReadBackAsLibpqReadsIt() {
        String text = "# 10.0.1.11:1921:replication:rep:a comment\n"
                + PassFile.render(List.of(new PassFile.Entry("10.0.1.11", 1921, "rep", "a:b\\c")))
                + "10.0.1.11:1921:replication:rep:a later one\n"
                + "*:1922:*:rep:anywhere\n"
                + "too:short\n";

        assertThat(PassFile.password("10.0.1.11", 1921, "rep", text)).contains("a:b\\c");
        assertThat(PassFile.password("10.0.1.12", 1922, "rep", text)).contains("anywhere");
        assertThat(PassFile.password("10.0.1.12", 1921, "rep", text)).isEmpty();
        assertThat(PassFile.password("10.0.1.11", 1921, "postgres", text)).isEmpty();
    }

    @Test
    void managedNamesGoFromAutoConfAndOthersStay() {
        String text = """
                # Do not edit this file manually!
                work_mem = '4MB'
                Primary_Conninfo = 'host=old password=secret'
                primary_slot_name='x'
                """;

        assertThat(AutoConf.without(Set.of("primary_conninfo", "primary_slot_name"), text))
                .isEqualTo("# Do not edit this file manually!\nwork_mem = '4MB'\n");
    }
}
