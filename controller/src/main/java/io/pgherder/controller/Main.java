package io.pgherder.controller;

public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
